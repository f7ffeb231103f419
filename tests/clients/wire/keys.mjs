// Our keys and signatures against those of curve25519-js and of whatsapp-rust.
import {createRequire} from 'node:module';
import {calculateAgreement, calculateSignature, hkdf, verifySignature} from 'whatsapp-rust-bridge';
import {ask, casesOf, check, run} from './peer.mjs';
import {Seeded} from './seeded.mjs';

const curve = createRequire(import.meta.url)('curve25519-js');

const COUNT = casesOf(2000);

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => Buffer.from(text, 'hex');

function flip(text, seeded) {
  const changed = bytes(text);
  changed[seeded.below(changed.length)] ^= 1 << seeded.below(8);
  return hex(changed);
}

run(async () => {
  const seeded = new Seeded(Number(process.env.PARLEY_SEED ?? 20261126));
  const cases = Array.from({length: COUNT}, () => ({
    pair: curve.generateKeyPair(seeded.bytes(32)),
    other: curve.generateKeyPair(seeded.bytes(32)),
    message: seeded.bytes(1 + seeded.below(200)),
    salt: seeded.bytes(32),
    length: 1 + seeded.below(300),
  }));
  const all = (make) => ask(cases.map((one, i) => make(one, i)));
  const signed = all(({pair, message}) => (
      {do: 'sign', private: hex(pair.private), message: hex(message), random: hex(seeded.bytes(64))}));
  const theirs = cases.map(({pair, message}) => hex(calculateSignature(pair.private, message)));
  const verify = (signature) => ({pair, message}, i) => (
      {do: 'verify', public: hex(pair.public), message: hex(message), signature: signature(i)});
  const verified = all(verify((i) => theirs[i]));
  const refused = all(verify((i) => flip(theirs[i], seeded)));
  const agreed = all(({pair, other}) => (
      {do: 'agree', private: hex(pair.private), public: hex(other.public)}));
  const derived = all(({message, salt, length}) => (
      {do: 'hkdf', secret: hex(message), salt: hex(salt), info: 'WhisperText', length}));

  for (let i = 0; i < COUNT; ++i) {
    const {pair, other, message, salt, length} = cases[i];
    check(`public key ${i}`, signed[i].public, hex(pair.public));
    check(`signature ${i}, checked by whatsapp-rust`,
          verifySignature(pair.public, message, bytes(signed[i].signature)), true);
    if (i % 10 === 0)  // it takes its time
      check(`signature ${i}, checked by curve25519-js`,
            curve.verify(pair.public, message, bytes(signed[i].signature)), true);
    check(`signature ${i} of whatsapp-rust`, verified[i].fine, true);
    check(`changed signature ${i}`, refused[i].fine, false);
    const secret = calculateAgreement(Buffer.concat([Buffer.of(5), other.public]), pair.private);
    check(`secret ${i}`, agreed[i].secret, hex(secret));
    check(`derived bytes ${i}`, derived[i].out, hex(hkdf(message, length, {salt, info: 'WhisperText'})));
  }
  console.log(`${COUNT} signatures, secrets and derivations alike`);
});
