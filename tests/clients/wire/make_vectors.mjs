// Writes tests/vectors/wire: what programs by others make of inputs drawn from a seed. See the
// README.md there.
//
//   node make_vectors.mjs TARGET_FOLDER
import {createRequire} from 'node:module';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
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

write('signatures', signatures());
