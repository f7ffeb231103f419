// Writes tests/vectors/wire: what programs by others make of inputs drawn from a seed. See the
// README.md there.
//
//   node make_vectors.mjs TARGET_FOLDER
import {createRequire} from 'node:module';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {encodeBinaryNode} from 'baileys';
import {makeNoiseHandler} from 'baileys/lib/Utils/noise-handler.js';
import {node, toPeer} from './nodes.mjs';
import {Seeded} from './seeded.mjs';
import {baileysClient, chainFor, pairOf, Server} from './server.mjs';

const require = createRequire(import.meta.url);
const curve = require('curve25519-js');

const folder = process.argv[2];

function write(name, made) {
  const lines = made.map((one) => JSON.stringify(one)).join(',\n');
  writeFileSync(join(folder, name + '.json'), `[\n${lines}\n]\n`);
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');

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

write('signatures', signatures());
write('handshakes', await handshakes());
write('nodes', nodes());
process.exit(0);
