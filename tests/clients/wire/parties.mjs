// Devices with sessions: libsignal-node's, whatsapp-rust's and ours behind one interface.
//
//   await device.bundle()          a bundle, with a one-time pre-key or without
//   await device.start(bundle)     a new session with the only other device there is
//   await device.seal(plain)       {type: 1 or 3, bytes}
//   await device.open(message)     the plain bytes; throws a Refusal when it is refused
import {createRequire} from 'node:module';
import * as rust from 'whatsapp-rust-bridge';
import {pairOf} from './server.mjs';

const require = createRequire(import.meta.url);
const libsignal = require('libsignal');
const libsignalCurve = require('libsignal/src/curve.js');
const curve = require('curve25519-js');

export class Refusal extends Error {}

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const bytes = (text) => Buffer.from(text, 'hex');
const typed = (key) => Buffer.concat([Buffer.of(5), key]);

// Keys and chance of a device, whoever's code it runs.
export class Keys {
  constructor(seeded) {
    this.seeded = seeded;
    this.registration = 1 + seeded.below(16380);
    this.identity = pairOf(seeded.bytes(32));
    this.signed = {id: 1 + seeded.below(1 << 24), pair: pairOf(seeded.bytes(32))};
    this.signed.signature = Buffer.from(curve.sign(
        this.identity.private, typed(this.signed.pair.public), seeded.bytes(64)));
    this.oneTime = new Map();
    this.last = seeded.below(1 << 20);
  }
  bundle(withOneTime) {
    const bundle = {
      registration: this.registration, identity: this.identity.public,
      signed: {id: this.signed.id, public: this.signed.pair.public, signature: this.signed.signature},
    };
    if (!withOneTime) return bundle;
    const id = ++this.last;
    this.oneTime.set(id, pairOf(this.seeded.bytes(32)));
    return {...bundle, oneTime: {id, public: this.oneTime.get(id).public}};
  }
}

// What both libraries ask for.
function storageOf(keys, load, store) {
  const theirs = ({private: privKey, public: pubKey}) => ({privKey, pubKey: typed(pubKey)});
  return {
    loadSession: load,
    storeSession: store,
    getOurIdentity: () => theirs(keys.identity),
    getOurRegistrationId: () => keys.registration,
    isTrustedIdentity: () => true,
    loadPreKey: (id) => (keys.oneTime.has(id) ? theirs(keys.oneTime.get(id)) : undefined),
    removePreKey: (id) => void keys.oneTime.delete(id),
  };
}

function bundleForLibraries({registration, identity, signed, oneTime}) {
  const bundle = {
    registrationId: registration,
    identityKey: typed(identity),
    signedPreKey: {keyId: signed.id, publicKey: typed(signed.public), signature: signed.signature},
  };
  if (oneTime) bundle.preKey = {keyId: oneTime.id, publicKey: typed(oneTime.public)};
  return bundle;
}

async function refusing(step) {
  try {
    return await step();
  } catch (error) {
    throw new Refusal(String(error.message ?? error));
  }
}

export class NodeDevice {
  constructor(keys) {
    this.keys = keys;
    this.drawn = [];
    let stored;
    const storage = storageOf(
        keys, async () => stored && libsignal.SessionRecord.deserialize(JSON.parse(stored)),
        async (_, record) => void (stored = JSON.stringify(record.serialize())));
    storage.loadSignedPreKey = (id) => id === keys.signed.id ?
        {privKey: keys.signed.pair.private, pubKey: typed(keys.signed.pair.public)} : undefined;
    const address = new libsignal.ProtocolAddress('other', 1);
    this.builder = new libsignal.SessionBuilder(storage, address);
    this.cipher = new libsignal.SessionCipher(storage, address);
  }
  // The library draws its keys itself: for the time of a step they are ours, and noted. It also
  // prints sessions, keys included.
  async step(run) {
    const {generateKeyPair} = libsignalCurve;
    const {info, warn, error} = console;
    this.drawn = [];
    libsignalCurve.generateKeyPair = () => {
      const pair = pairOf(this.keys.seeded.bytes(32));
      this.drawn.push(hex(pair.private));
      return {privKey: pair.private, pubKey: typed(pair.public)};
    };
    console.info = console.warn = console.error = () => {};
    try {
      return await refusing(run);
    } finally {
      libsignalCurve.generateKeyPair = generateKeyPair;
      Object.assign(console, {info, warn, error});
    }
  }
  bundle(withOneTime) {
    return this.keys.bundle(withOneTime);
  }
  start(bundle) {
    return this.step(() => this.builder.initOutgoing(bundleForLibraries(bundle)));
  }
  async seal(plain) {
    const {type, body} = await this.step(() => this.cipher.encrypt(plain));
    return {type, bytes: Buffer.from(body)};
  }
  open({type, bytes}) {
    return this.step(() => type === 3 ? this.cipher.decryptPreKeyWhisperMessage(bytes) :
                                        this.cipher.decryptWhisperMessage(bytes));
  }
}

// COMPAT: whatsapp-rust-bridge 0.5.4 keeps what it has loaded once per object, so that each step has
// new ones.
export class RustDevice {
  constructor(keys) {
    this.keys = keys;
    let stored = null;
    const storage = storageOf(keys, () => stored,
                              (_, record) => void (stored = Buffer.from(record.serialize())));
    const {id, pair, signature} = keys.signed;
    storage.loadSignedPreKey = (wanted) => wanted === id ? {
      keyId: id, keyPair: {privKey: pair.private, pubKey: typed(pair.public)}, signature} : undefined;
    storage.loadSenderKey = () => null;
    storage.storeSenderKey = () => {};
    const address = new rust.ProtocolAddress('other', 1);
    this.builder = () => new rust.SessionBuilder(storage, address);
    this.cipher = () => new rust.SessionCipher(storage, address);
  }
  bundle(withOneTime) {
    return this.keys.bundle(withOneTime);
  }
  start(bundle) {
    return refusing(() => this.builder().initOutgoing(bundleForLibraries(bundle)));
  }
  async seal(plain) {
    const {type, body} = await refusing(() => this.cipher().encrypt(plain));
    return {type: type === 3 ? 3 : 1, bytes: Buffer.from(body)};  // where others have 1, it has 2
  }
  open({type, bytes}) {
    return refusing(() => type === 3 ? this.cipher().decryptPreKeyWhisperMessage(bytes) :
                                       this.cipher().decryptWhisperMessage(bytes));
  }
}

// Ours: the record goes to wire_peer and comes back with every step. It trusts whom it meets first.
export class OurDevice {
  constructor(keys, peer) {
    Object.assign(this, {keys, peer, record: '', trusted: undefined});
  }
  own() {
    return {identity: hex(this.keys.identity.private), registration: this.keys.registration,
            random: hex(this.keys.seeded.bytes(96))};
  }
  async step(command) {
    const {record, trusted} = this;
    const answer = await this.peer.call({...command, ...this.own(), record, trusted});
    if (answer.fault) throw new Refusal(answer.fault);
    this.record = answer.record;
    return answer;
  }
  bundle(withOneTime) {
    return this.keys.bundle(withOneTime);
  }
  async start({registration, identity, signed, oneTime}) {
    const bundle = {registration, identity: hex(identity), signedId: signed.id,
                    signed: hex(signed.public), signature: hex(signed.signature)};
    if (oneTime) Object.assign(bundle, {oneTimeId: oneTime.id, oneTime: hex(oneTime.public)});
    await this.step({do: 'start', bundle});
    this.trusted = bundle.identity;
  }
  async seal(plain) {
    const {type, bytes: sealed} = await this.step({do: 'seal', plain: hex(plain)});
    return {type, bytes: bytes(sealed)};
  }
  async open({type, bytes: sealed}) {
    const {signed, oneTime} = this.keys;
    const answer = await this.step({
      do: 'open', type, bytes: hex(sealed), signed: [[signed.id, hex(signed.pair.private)]],
      oneTime: [...oneTime].map(([id, pair]) => [id, hex(pair.private)]),
    });
    if (answer.used !== undefined) oneTime.delete(answer.used);
    this.trusted = answer.sender;
    return bytes(answer.plain);
  }
}
