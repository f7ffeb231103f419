// Our sender keys against those of Baileys and of whatsapp-rust: a sender of one kind and a reader
// of the other, with messages that overtake each other, are lost, come twice or are changed, and
// with new keys in between.
import {BufferJSON} from 'baileys';
import {
  GroupCipher, GroupSessionBuilder, SenderKeyDistributionMessage, SenderKeyRecord,
} from 'baileys/lib/Signal/Group/index.js';
import * as rust from 'whatsapp-rust-bridge';
import {bytes, hex} from './parties.mjs';
import {casesOf, check, CheckFailed, Peer, run} from './peer.mjs';
import {Seeded} from './seeded.mjs';

const GROUPS = casesOf(80);
const MESSAGES = 40;

// Each kind: begin() a key of one's own, handOut() its distribution message, learn() another's,
// seal() and open().

class Ours {
  constructor(seeded, peer) {
    Object.assign(this, {seeded, peer, record: ''});
  }
  async step(command) {
    const answer = await this.peer.call(
        {...command, record: this.record, random: hex(this.seeded.bytes(96))});
    if (answer.fault) throw new Error(answer.fault);
    if (answer.record !== undefined) this.record = answer.record;
    return answer;
  }
  begin() {
    return this.step({do: 'groupBegin'});
  }
  async handOut() {
    return bytes((await this.step({do: 'groupHandOut'})).bytes);
  }
  learn(message) {
    return this.step({do: 'groupLearn', bytes: hex(message)});
  }
  async seal(plain) {
    return bytes((await this.step({do: 'groupSeal', plain: hex(plain)})).bytes);
  }
  async open(message) {
    return bytes((await this.step({do: 'groupOpen', bytes: hex(message)})).plain);
  }
}

// Stored as text, so that what a failed step changed is forgotten.
class Baileys {
  constructor() {
    this.store = {
      loadSenderKey: async () =>
        this.stored ? SenderKeyRecord.deserialize(Buffer.from(this.stored)) : new SenderKeyRecord(),
      storeSenderKey: async (_, record) =>
        void (this.stored = JSON.stringify(record.serialize(), BufferJSON.replacer)),
    };
    this.cipher = new GroupCipher(this.store, 'name');
    this.builder = new GroupSessionBuilder(this.store);
  }
  begin() {
    this.stored = undefined;
  }
  async handOut() {
    return (await this.builder.create('name')).serialize();
  }
  learn(message) {
    return this.builder.process(
        'name', new SenderKeyDistributionMessage(null, null, null, null, message));
  }
  seal(plain) {
    return this.cipher.encrypt(plain);
  }
  open(message) {
    return this.cipher.decrypt(message);
  }
}

// COMPAT: whatsapp-rust-bridge 0.5.4 keeps what it has loaded once per object, so that each step has
// new ones.
class Rust {
  constructor() {
    this.stored = null;
    this.storage = {
      loadSenderKey: () => this.stored,
      storeSenderKey: (_, record) => void (this.stored = Buffer.from(record)),
    };
    this.sender = new rust.ProtocolAddress('sender', 1);
    this.name = new rust.SenderKeyName('group', this.sender);
  }
  builder() {
    return new rust.GroupSessionBuilder(this.storage);
  }
  cipher() {
    return new rust.GroupCipher(this.storage, 'group', this.sender);
  }
  begin() {
    this.stored = null;
  }
  async handOut() {
    return Buffer.from((await this.builder().create(this.name)).serialize());
  }
  learn(message) {
    return this.builder().process(this.name, rust.SenderKeyDistributionMessage.deserialize(message));
  }
  async seal(plain) {
    return Buffer.from(await this.cipher().encrypt(plain));
  }
  async open(message) {
    return Buffer.from(await this.cipher().decrypt(message));
  }
}

async function tried(what, step) {
  try {
    return await step();
  } catch (error) {
    throw new CheckFailed(`${what}: ${error.message ?? error}`);
  }
}

async function refused(what, step) {
  try {
    await step();
  } catch {
    return;
  }
  throw new CheckFailed(`${what} was read`);
}

async function talk(seeded, sender, reader, name) {
  const waiting = [];
  let read = 0;
  const begin = async () => {
    await sender.begin();
    const message = await tried(`${name}: hands out`, () => sender.handOut());
    await tried(`${name}: learns`, () => reader.learn(message));
  };
  const deliver = async () => {
    const [{plain, message}] = waiting.splice(seeded.below(waiting.length), 1);
    if (seeded.chance(10)) {
      const changed = Buffer.from(message);
      changed[changed.length - 1 - seeded.below(64)] ^= 1;
      await refused(`${name}: a changed message`, () => reader.open(changed));
    }
    const opened = await tried(`${name}: opens`, () => reader.open(message));
    check(`${name}: what is read`, hex(opened), hex(plain));
    ++read;
    if (seeded.chance(10)) await refused(`${name}: a second time`, () => reader.open(message));
  };
  await begin();
  for (let i = 0; i < MESSAGES; ++i) {
    if (seeded.chance(5)) {
      while (waiting.length > 0) await deliver();
      await begin();
    }
    const plain = seeded.bytes(1 + seeded.below(100));
    const message = await tried(`${name}: seals`, () => sender.seal(plain));
    if (!seeded.chance(8)) waiting.push({plain, message});
    while (waiting.length > 5 || (waiting.length > 0 && seeded.chance(50))) await deliver();
  }
  while (waiting.length > 0) await deliver();
  return read;
}

run(async () => {
  const seeded = new Seeded(Number(process.env.PARLEY_SEED ?? 20261126));
  const peer = new Peer();
  let read = 0;
  for (let i = 0; i < GROUPS; ++i) {
    const Other = i % 2 === 0 ? Baileys : Rust;
    const other = new Other(), ours = new Ours(seeded, peer);
    const pair = i % 4 < 2 ? [ours, other] : [other, ours];
    read += await talk(seeded, ...pair, `${Other.name} ${i}`);
  }
  console.log(`${read} messages to ${GROUPS} groups read alike`);
});
