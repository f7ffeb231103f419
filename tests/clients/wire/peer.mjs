// Our side of the wire as a process: wire_peer, which answers each line of JSON with one.
import {spawn, spawnSync} from 'node:child_process';
import {createInterface} from 'node:readline';

export class CheckFailed extends Error {}

// `expected` and `actual` as JSON spells them.
export function check(what, actual, expected) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new CheckFailed(`${what} is ${a?.slice(0, 300)} instead of ${b?.slice(0, 300)}`);
}

// How many cases there are: a few will do to see that something is broken.
export const casesOf = (count) => (process.env.PARLEY_BREAK === '.' ? count : Math.min(count, 20));

// Changes a part of an answer as a broken peer might, when the runner asks for that: then the
// checks must fail. `PARLEY_BREAK` is the name of the command, a dot, and the member.
function broken(answer, command) {
  const [name, member] = (process.env.PARLEY_BREAK ?? '.').split('.');
  if (command.do !== name) return answer;
  const at = member === 'node' ? answer.node : answer;
  if (member === 'node') at.attributes.push(['one', 'more']);
  else if (Array.isArray(at[member])) at[member].push('00');
  else if (typeof at[member] === 'boolean') at[member] = !at[member];
  else if (typeof at[member] === 'string')
    at[member] = at[member].replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  return answer;
}

// Sends all commands at once and gives the answers in order.
export function ask(commands) {
  const done = spawnSync(process.env.PARLEY_WIRE_PEER, {
    input: commands.map((command) => JSON.stringify(command) + '\n').join(''),
    maxBuffer: 1 << 30,
    timeout: 120000,
  });
  if (done.status !== 0) throw new Error(`wire_peer ended with ${done.status}: ${done.stderr}`);
  const answers = done.stdout.toString().trimEnd().split('\n').map((line) => JSON.parse(line));
  if (answers.length !== commands.length) throw new Error('wire_peer left something unanswered');
  return answers.map((answer, i) => broken(answer, commands[i]));
}

// The same process for one command after the other.
export class Peer {
  constructor() {
    this.process = spawn(process.env.PARLEY_WIRE_PEER, {stdio: ['pipe', 'pipe', 'inherit']});
    this.lines = createInterface({input: this.process.stdout})[Symbol.asyncIterator]();
  }
  async call(command) {
    this.process.stdin.write(JSON.stringify(command) + '\n');
    const {value, done} = await this.lines.next();
    if (done) throw new Error('wire_peer ended');
    return broken(JSON.parse(value), command);
  }
}

// Runs a test: exit code 0, 3 when a check failed, 1 when something else did.
export async function run(test) {
  try {
    await test();
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    console.log('CHECK FAILED: ' + error.message);
    process.exit(3);
  }
  process.exit(0);
}
