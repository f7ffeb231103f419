// Runs stories of companions, one after the other.
//
//   PARLEY_SIM=http://... PARLEY_MODE=stock|strict|whatsmeow [PARLEY_STORY=name] node X.mjs
import {Companion, makeStrict} from './companion.mjs';
import {check, CheckFailed, Simulator, waitFor} from './simulator.mjs';
import {WhatsmeowCompanion} from './whatsmeow_companion.mjs';

// libsignal prints whole sessions, private keys included.
for (const name of ['log', 'info', 'warn', 'error', 'dir', 'debug']) console[name] = () => {};
export const say = (text) => process.stdout.write(text + '\n');

export const simulator = new Simulator(process.env.PARLEY_SIM);
export const mode = process.env.PARLEY_MODE;
const shown = await simulator.wire();
let next = {stock: 15_555_000_000, strict: 15_556_000_000, whatsmeow: 15_557_000_000}[mode] +
    Number(process.pid % 1000) * 1000;

export const person = (name) => simulator.person(String(next++), name);
const Kind = mode === 'whatsmeow' ? WhatsmeowCompanion : Companion;
export const companion = (name, options) => new Kind(shown.url, name, options);

async function refusesAnotherRoot() {
  trust('00'.repeat(31) + '09');
  const stranger = companion('Stranger').start();
  await waitFor('the refusal', () => stranger.state === 'close');
  check('why', stranger.why, (why) => /certificate|cert signature/.test(why));
}

// The simulator's root key, when none is given.
export function trust(rootKey = shown.root_key) {
  if (mode === 'strict') makeStrict(rootKey);
  if (mode === 'whatsmeow') WhatsmeowCompanion.trust(rootKey);
}

// `after` each story. Ends the process.
export async function runStories(stories, after = async () => {}) {
  const only = process.env.PARLEY_STORY;
  let failed = 0;
  if (mode !== 'stock') {
    await refusesAnotherRoot();
    trust();
  }
  for (const [name, story] of Object.entries(stories)) {
    if (only && !name.includes(only)) continue;
    const started = Date.now();
    try {
      await story();
      say(`ok  ${name} (${Date.now() - started} ms)`);
    } catch (error) {
      ++failed;
      say(`BAD ${name}: ${error instanceof CheckFailed ? error.message : error.stack}`);
      if (failed === 5) break;
    }
    for (const one of Kind.all.splice(0)) one.stop();
    await after();
  }
  const end = await simulator.wire();
  if (end.unknown_stanzas + end.malformed + end.refused_by_strict > 0) {
    ++failed;
    say(`BAD the simulator did not know stanzas: ${JSON.stringify(end)}`);
  }
  process.exit(failed ? 1 : 0);
}
