// Writes tests/vectors/wire: what programs by others make of inputs drawn from a seed. See the
// README.md there.
//
//   node make_vectors.mjs TARGET_FOLDER
import {createRequire} from 'node:module';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {encodeBinaryNode} from 'baileys';
import {node, toPeer} from './nodes.mjs';
import {Seeded} from './seeded.mjs';

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

write('signatures', signatures());
write('nodes', nodes());
process.exit(0);
