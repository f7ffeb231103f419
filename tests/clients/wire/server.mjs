// A server of the handshake in JavaScript, on the functions that Baileys itself is made of. What
// it says is believed by Baileys' own client.
import {proto} from 'baileys';
import {aesDecryptGCM, aesEncryptGCM, Curve, hkdf, sha256} from 'baileys/lib/Utils/crypto.js';
import {createPrivateKey, createPublicKey} from 'node:crypto';
import {createRequire} from 'node:module';

const curve = createRequire(import.meta.url)('curve25519-js');

export const HEADER = Buffer.from('57410603', 'hex');
const NAME = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0');

// A key pair from 32 bytes.
export function pairOf(seed) {
  const key = Buffer.from(seed);
  key[0] &= 248;
  key[31] = (key[31] & 127) | 64;
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), key]);
  const made = createPublicKey(createPrivateKey({key: der, format: 'der', type: 'pkcs8'}));
  return {private: key, public: made.export({format: 'der', type: 'spki'}).subarray(-32)};
}

function nonce(counter) {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(counter, 8);
  return iv;
}

class State {
  constructor() {
    this.hash = this.chaining = NAME;
    this.mixHash(HEADER);
  }
  mixHash(bytes) {
    this.hash = sha256(Buffer.concat([this.hash, bytes]));
  }
  derive(secret) {
    return Buffer.from(hkdf(secret, 64, {salt: this.chaining, info: ''}));
  }
  mixSecret(secret) {
    const derived = this.derive(secret);
    [this.chaining, this.key, this.counter] = [derived.subarray(0, 32), derived.subarray(32), 0];
  }
  seal(plain) {
    const sealed = aesEncryptGCM(plain, this.key, nonce(this.counter++), this.hash);
    this.mixHash(sealed);
    return sealed;
  }
  open(sealed) {
    const plain = aesDecryptGCM(sealed, this.key, nonce(this.counter++), this.hash);
    this.mixHash(sealed);
    return plain;
  }
}

export class Transport {
  constructor(sending, receiving) {
    [this.sending, this.receiving, this.sent, this.received] = [sending, receiving, 0, 0];
  }
  seal(plain) {
    return aesEncryptGCM(plain, this.sending, nonce(this.sent++), Buffer.alloc(0));
  }
  open(sealed) {
    return aesDecryptGCM(sealed, this.receiving, nonce(this.received++), Buffer.alloc(0));
  }
}

export class Server {
  constructor(ephemeral, staticKey, chain) {
    Object.assign(this, {ephemeral, staticKey, chain, state: new State()});
  }
  answer(bytes) {
    const theirs = proto.HandshakeMessage.decode(bytes).clientHello.ephemeral;
    const {state} = this;
    state.mixHash(theirs);
    state.mixHash(this.ephemeral.public);
    state.mixSecret(Curve.sharedKey(this.ephemeral.private, theirs));
    const staticKey = state.seal(this.staticKey.public);
    state.mixSecret(Curve.sharedKey(this.staticKey.private, theirs));
    const payload = state.seal(this.chain);
    const serverHello = {ephemeral: this.ephemeral.public, static: staticKey, payload};
    return Buffer.from(proto.HandshakeMessage.encode({serverHello}).finish());
  }
  accept(bytes) {
    const finish = proto.HandshakeMessage.decode(bytes).clientFinish;
    const client = this.state.open(finish.static);
    this.state.mixSecret(Curve.sharedKey(this.ephemeral.private, client));
    const payload = this.state.open(finish.payload);
    const keys = this.state.derive(Buffer.alloc(0));
    return {client, payload, transport: new Transport(keys.subarray(32), keys.subarray(0, 32))};
  }
}

// A chain under `root` for the key `leaf`, signed with given chance, as both certificates' dates
// say it.
export function chainFor({root, intermediate, leaf, from, to, random}) {
  const {Details} = proto.CertChain.NoiseCertificate;
  const issue = (issuer, details, chance) => {
    const bytes = Details.encode({...details, notBefore: from, notAfter: to}).finish();
    return {details: bytes, signature: curve.sign(issuer.private, bytes, chance)};
  };
  return Buffer.from(proto.CertChain.encode({
    leaf: issue(intermediate, {serial: 2, issuerSerial: 1, key: leaf}, random[0]),
    intermediate: issue(root, {serial: 1, issuerSerial: 0, key: intermediate.public}, random[1]),
  }).finish());
}

// Baileys' own client, as far as the end of the handshake. It writes frames and reads them.
export async function baileysClient(makeNoiseHandler, {ephemeral, staticKey, payload, routingInfo}) {
  const silent = {child: () => silent, level: 'silent', trace() {}, debug() {}, info() {},
                  warn() {}, error() {}};
  const handler = makeNoiseHandler(
      {keyPair: ephemeral, NOISE_HEADER: HEADER, logger: silent, routingInfo});
  return {
    handler,
    hello: Buffer.from(
        proto.HandshakeMessage.encode({clientHello: {ephemeral: ephemeral.public}}).finish()),
    finish(answer) {
      const staticSealed =
          handler.processHandshake(proto.HandshakeMessage.decode(answer), staticKey);
      const clientFinish = {static: staticSealed, payload: handler.encrypt(payload)};
      return Buffer.from(proto.HandshakeMessage.encode({clientFinish}).finish());
    },
  };
}
