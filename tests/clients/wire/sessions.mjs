// Our sessions against those of libsignal-node and of whatsapp-rust: conversations by chance, in
// which messages overtake each other, are lost, come twice or are changed on the way, and both
// sides start new sessions, now and then at the same moment. And ours with each other.
import {hex, Keys, NodeDevice, OurDevice, Refusal, RustDevice} from './parties.mjs';
import {casesOf, check, CheckFailed, Peer, run} from './peer.mjs';
import {Seeded} from './seeded.mjs';

const CONVERSATIONS = casesOf(120);
const STEPS = 90;
const MAX_WAITING = 6, MAX_AGE = 14;  // both keep five chains; no message is that late

class Conversation {
  constructor(seeded, peer, Other, name) {
    Object.assign(this, {seeded, name, step: 0, read: 0});
    this.devices = [new OurDevice(new Keys(seeded), peer), new Other(new Keys(seeded), peer)];
    this.waiting = [[], []];  // what is on its way to each of them
    this.hasSession = [false, false];
  }

  async start(who) {
    const {seeded, devices} = this;
    await this.tried(`${who} starts`,
                     () => devices[who].start(devices[1 - who].bundle(seeded.chance(70))));
    this.hasSession[who] = true;
  }

  // COMPAT: libsignal-node 6.0.0 and whatsapp-rust-bridge 0.5.4 try a message with one session after
  // the other and step the ratchet of each before they look at the MAC: a session that was tried in
  // vain is broken afterwards. (Two of their devices lose each other in the same way.) With them a
  // new session begins when nothing is on its way, and is known to both sides before more is said.
  async begin(who) {
    const {seeded, devices} = this;
    if (devices[1] instanceof OurDevice) return this.start(who);
    await this.drain();
    const isCrossing = devices[1] instanceof RustDevice && seeded.chance(40);
    const starting = isCrossing ? [0, 1] : [who];
    for (const one of starting) await this.start(one);
    for (const one of starting) await this.sendOne(one);
    await this.drain();
    // Each has the other's session now. What is said in one of them brings both there.
    if (isCrossing) await this.sendOne(who);
    await this.drain();
  }

  async sendOne(who) {
    while (this.waiting[1 - who].length === 0) await this.send(who);
  }

  async drain() {
    for (const who of [0, 1])
      while (this.waiting[who].length > 0) await this.deliver(who);
  }

  async send(who) {
    if (!this.hasSession[who]) return;
    const plain = this.seeded.bytes(this.seeded.below(120));
    const message = await this.tried(`${who} seals`, () => this.devices[who].seal(plain));
    if (this.seeded.chance(8)) return;  // lost
    this.waiting[1 - who].push({plain, message, at: this.step});
  }

  async deliver(who) {
    const {seeded, devices} = this;
    const queue = this.waiting[who];
    if (queue.length === 0) return;
    const isDue = queue.length > MAX_WAITING || this.step - queue[0].at > MAX_AGE;
    const [{plain, message}] = queue.splice(isDue ? 0 : seeded.below(queue.length), 1);
    if (seeded.chance(10)) await this.refused(who, this.changed(message));
    const opened = await this.tried(`${who} opens`, () => devices[who].open(message));
    check(`${this.name}: what ${who} reads`, hex(opened), hex(plain));
    if (devices[who] instanceof OurDevice)
      check(`${this.name}: whom ${who} hears`, devices[who].trusted,
            hex(devices[1 - who].keys.identity.public));
    ++this.read;
    this.hasSession[who] = true;
    if (seeded.chance(10)) await this.refused(who, message, 'duplicate');
  }

  // A changed MAC, or with a pre-key message the one in it: what is before it would be other fields,
  // which may be read all the same.
  changed({type, bytes}) {
    const changed = Buffer.from(bytes);
    if (type === 1) changed[changed.length - 1 - this.seeded.below(8)] ^= 1 << this.seeded.below(8);
    else changed[0] = 0x23;
    return {type, bytes: changed};
  }

  async refused(who, message, fault) {
    try {
      await this.devices[who].open(message);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (who === 0 && fault) check(`${this.name}: our fault`, error.message, fault);
      return;
    }
    throw new CheckFailed(`${this.name}: ${who} read what it should refuse`);
  }

  async tried(what, step) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new CheckFailed(`${this.name}, step ${this.step}: ${what}: ${error.message}`);
    }
  }

  async run() {
    const {seeded} = this;
    await this.begin(seeded.below(2));
    for (; this.step < STEPS; ++this.step) {
      const who = seeded.below(2);
      const kind = seeded.below(100);
      if (kind < 3) await this.begin(who);
      else if (kind < 50) await this.send(who);
      else await this.deliver(who);
    }
    await this.drain();
    return this.read;
  }
}

run(async () => {
  const seeded = new Seeded(Number(process.env.PARLEY_SEED ?? 20261126));
  const peer = new Peer();
  let read = 0;
  for (let i = 0; i < CONVERSATIONS; ++i) {
    const Other = [NodeDevice, RustDevice, OurDevice][i % 3];
    read += await new Conversation(seeded, peer, Other, `${Other.name} ${i}`).run();
  }
  console.log(`${read} messages in ${CONVERSATIONS} conversations read alike`);
});
