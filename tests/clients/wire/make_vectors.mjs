// Writes tests/vectors/wire: what programs by others make of inputs drawn from a seed. See the
// README.md there.
//
//   node make_vectors.mjs TARGET_FOLDER
import {createRequire} from 'node:module';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {encodeBinaryNode} from 'baileys';
import {
  GroupCipher, GroupSessionBuilder, SenderKeyRecord,
} from 'baileys/lib/Signal/Group/index.js';
import {makeNoiseHandler} from 'baileys/lib/Utils/noise-handler.js';
import {node, toPeer} from './nodes.mjs';
import {hex, Keys, NodeDevice} from './parties.mjs';
import {Seeded} from './seeded.mjs';
import {baileysClient, chainFor, pairOf, Server} from './server.mjs';

const require = createRequire(import.meta.url);
const curve = require('curve25519-js');

const folder = process.argv[2];

function write(name, made) {
  const lines = made.map((one) => JSON.stringify(one)).join(',\n');
  writeFileSync(join(folder, name + '.json'), `[\n${lines}\n]\n`);
}

// Both signs of the public point occur among these keys.
function signatures() {
  const seeded = new Seeded(1);
  return Array.from({length: 24}, (_, i) => {
    const pair = curve.generateKeyPair(seeded.bytes(32));
    const random = seeded.bytes(64), message = seeded.bytes(i * 7);
    return {
      private: hex(pair.private),
      public: hex(pair.public),
      random: hex(random),
      message: hex(message),
      signature: hex(curve.sign(pair.private, message, random)),
    };
  });
}

// Some that are in the network's own words, and as many by chance.
function nodes() {
  const seeded = new Seeded(2);
  const ping = {
    tag: 'iq',
    attributes: [['id', '26.42-1'], ['to', '@s.whatsapp.net'], ['type', 'get'], ['xmlns', 'w:p']],
    children: [{tag: 'ping', attributes: []}],
  };
  const message = {
    tag: 'message',
    attributes: [['id', '3EB0A1B2C3D4E5F60718'], ['to', '15550100:12@lid'], ['type', 'text']],
    children: [{tag: 'enc', attributes: [['v', '2'], ['type', 'pkmsg']], bytes: '3308ff'}],
  };
  const made = [ping, message, ...Array.from({length: 40}, () => node(seeded))];
  return made.map((one) => ({node: one, bytes: hex(encodeBinaryNode(toPeer(one)))}))
      .filter((one) => one.bytes.length < 6000);
}

// Baileys' client and a server that it believes: everything that both say.
async function handshakes() {
  const seeded = new Seeded(3);
  const made = [];
  for (let i = 0; i < 4; ++i) {
    const pair = () => pairOf(seeded.bytes(32));
    const [root, intermediate, staticKey, ephemeral] = [pair(), pair(), pair(), pair()];
    const [clientEphemeral, clientStatic] = [pair(), pair()];
    const [from, to] = [1700000000, 1800000000];
    const random = [seeded.bytes(64), seeded.bytes(64)];
    const payload = seeded.bytes(20 + 60 * i);
    const chain = chainFor({root, intermediate, leaf: staticKey.public, from, to, random});
    const server = new Server(ephemeral, staticKey, chain);
    const client = await baileysClient(
        makeNoiseHandler, {ephemeral: clientEphemeral, staticKey: clientStatic, payload});
    const answer = server.answer(client.hello);
    const finish = client.finish(answer);
    const accepted = server.accept(finish);
    await client.handler.finishInit();
    const plain = [seeded.bytes(1), seeded.bytes(50), Buffer.alloc(0)];
    made.push({
      root: hex(root.public), static: hex(staticKey.private), ephemeral: hex(ephemeral.private),
      chain: hex(chain), clientStatic: hex(clientStatic.private),
      clientEphemeral: hex(clientEphemeral.private), payload: hex(payload),
      hello: hex(client.hello), answer: hex(answer), finish: hex(finish), plain: plain.map(hex),
      fromClient: plain.map((one) => hex(client.handler.encrypt(one))),
      fromServer: plain.map((one) => hex(accepted.transport.seal(one))),
    });
  }
  return made;
}

// Two devices talk; each turn sends some messages, which arrive in another order, some much later,
// some never. Every step with the keys that were drawn for it.
async function conversation(seed) {
  const seeded = new Seeded(seed);
  const devices = [new NodeDevice(new Keys(seeded)), new NodeDevice(new Keys(seeded))];
  const describe = ({keys}) => ({
    identity: hex(keys.identity.private), registration: keys.registration, signedId: keys.signed.id,
    signed: hex(keys.signed.pair.private), signature: hex(keys.signed.signature),
  });
  const made = {a: describe(devices[0]), b: describe(devices[1]), steps: []};
  const bundle = devices[1].bundle(seed % 2 === 0);
  if (bundle.oneTime) {
    made.oneTimeId = bundle.oneTime.id;
    made.oneTime = hex(devices[1].keys.oneTime.get(bundle.oneTime.id).private);
  }
  await devices[0].start(bundle);
  made.drawn = devices[0].drawn;
  const late = [];
  const deliver = async ({to, message, plain}) => {
    const opened = await devices[to].open(message);
    if (hex(opened) !== hex(plain)) throw new Error('libsignal does not read itself');
    made.steps.push({who: to, do: 'open', type: message.type, bytes: hex(message.bytes),
                     plain: hex(plain), drawn: devices[to].drawn});
  };
  for (let turn = 0; turn < 9; ++turn) {
    const from = turn % 2;
    let sent = [];
    for (let i = 1 + seeded.below(5); i > 0; --i) {
      const plain = seeded.bytes(seeded.below(60));
      const message = await devices[from].seal(plain);
      made.steps.push({who: from, do: 'seal', type: message.type, bytes: hex(message.bytes),
                       plain: hex(plain)});
      sent.push({to: 1 - from, message, plain});
    }
    sent.sort(() => (seeded.chance(50) ? 1 : -1));
    for (const [i, one] of sent.entries()) {
      if (i > 0 && seeded.chance(30)) late.push(one);
      else await deliver(one);
    }
    if (late.length > 2) await deliver(late.shift());
  }
  return made;
}

// A sender's key as Baileys hands it out, and its messages to the group, in the order in which they
// arrive.
async function group(seed) {
  const seeded = new Seeded(seed);
  const signing = pairOf(seeded.bytes(32));
  const record = new SenderKeyRecord();
  record.setSenderKeyState(seeded.below(1 << 30), 0, seeded.bytes(32), {
    public: Buffer.concat([Buffer.of(5), signing.public]), private: signing.private});
  const store = {loadSenderKey: async () => record, storeSenderKey: async () => {}};
  const distribution = (await new GroupSessionBuilder(store).create('name')).serialize();
  const cipher = new GroupCipher(store, 'name');
  const messages = [];
  for (let i = 0; i < 12; ++i) {
    const plain = seeded.bytes(seeded.below(80));
    const bytes = await cipher.encrypt(plain);
    messages.push({iteration: 2 * i, plain: hex(plain), bytes: hex(bytes)});
  }
  return {signing: hex(signing.private), distribution: hex(distribution), messages};
}

write('signatures', signatures());
write('groups', [await group(20), await group(21)]);
write('conversations', [await conversation(10), await conversation(11), await conversation(12)]);
write('handshakes', await handshakes());
write('nodes', nodes());
process.exit(0);
