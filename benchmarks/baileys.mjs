// Companions by Baileys, unmodified and with their keys in memory, for ./bench multidevice.
//
//   node --expose-gc baileys.mjs URL_OF_THE_SIMULATED_NETWORK
//
// Reads commands from standard input, one JSON object a line, and answers each with a line.
import makeWASocket, {initAuthCreds} from 'baileys';
import {createInterface} from 'node:readline';
import {memoryKeys, silent} from './quiet_baileys.mjs';

// libsignal prints whole sessions, private keys included.
for (const name of ['log', 'info', 'warn', 'error', 'dir', 'debug']) console[name] = () => {};

const network = process.argv[2];
const pairedAtOnce = 4, sentAtOnce = 32;
const companions = [];
let received = 0, expected = 0, acknowledged = 0;
let changed = () => {};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// Until `holds`, looked at whenever something arrives.
async function until(what, holds) {
  const deadline = Date.now() + 600_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(what + ' did not come');
    await Promise.race([new Promise((resolve) => { changed = resolve; }), pause(1000)]);
  }
}

async function request(method, path, body) {
  const answer = await fetch(network + path, {
    method, body: body && JSON.stringify(body), headers: {'Content-Type': 'application/json'},
  });
  if (!answer.ok) throw new Error(`${method} ${path} is answered ${answer.status}`);
  return answer.json();
}

class Companion {
  constructor(url, number) {
    this.url = url;
    this.number = number;
    this.auth = {creds: initAuthCreds(), keys: memoryKeys()};
  }

  connect() {
    const socket = makeWASocket({
      auth: this.auth, waWebSocketUrl: this.url, logger: silent, version: [2, 3000, 1043857760],
      browser: ['Mac OS', 'Chrome', '14.4.1'], markOnlineOnConnect: false,
    });
    this.socket = socket;
    socket.ws.on('CB:ack,class:message', () => { acknowledged++; changed(); });
    socket.ev.on('creds.update', (update) => Object.assign(this.auth.creds, update));
    socket.ev.on('messages.upsert', ({messages}) => {
      received += messages.filter(({key, message}) => message && !key.fromMe).length;
      changed();
    });
    socket.ev.on('connection.update', ({connection, qr, lastDisconnect, receivedPendingNotifications}) => {
      if (this.socket !== socket) return;
      if (qr) this.qr ??= qr;
      if (receivedPendingNotifications) this.online = true;
      changed();
      if (connection !== 'close') return;
      const code = lastDisconnect?.error?.output?.statusCode;
      if (code === 515) this.connect();
      else this.closed = code;
    });
  }

  async pair() {
    this.connect();
    await until('a QR code', () => this.qr);
    await request('POST', `/people/+${this.number}/scan`, {qr: this.qr});
    await until('a login', () => this.online);
  }
}

async function settledKb(seconds) {
  await pause(seconds * 1000);
  for (let i = 0; i < 3; ++i) {
    global.gc();
    await pause(200);
  }
  return process.memoryUsage().rss / 1024;
}

async function pairAll({first, count, settle}) {
  const {url} = await request('GET', '/wire');
  const before = await settledKb(1);
  for (let i = 0; i < count; ++i) companions.push(new Companion(url, first + i));
  const waiting = [...companions];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next.pair();
  };
  await Promise.all(Array.from({length: pairedAtOnce}, work));
  const after = await settledKb(settle);
  if (companions.some(({closed}) => closed !== undefined)) throw new Error('a client was closed');
  return {each_kb: (after - before) / count};
}

async function measured(count, work) {
  const cpu = process.cpuUsage(), began = performance.now();
  await work();
  const {user, system} = process.cpuUsage(cpu);
  return {per_second: count / (performance.now() - began) * 1000, cpu_us: (user + system) / count};
}

function sendAll({first, people, count, text}) {
  const before = acknowledged;
  let next = 0;
  const work = async () => {
    while (next < count) {
      const to = first + next++ % people;
      await companions[0].socket.sendMessage(`${to}@s.whatsapp.net`, {text});
    }
  };
  return measured(count, async () => {
    await Promise.all(Array.from({length: sentAtOnce}, work));
    await until('the acknowledgements', () => acknowledged - before >= count);
  });
}

// Some may be here before the command is.
function receiveAll({count}) {
  expected += count;
  return measured(count, () => until(`message ${expected} after ${received}`, () => received >= expected));
}

const commands = {pair: pairAll, send: sendAll, receive: receiveAll};
for await (const line of createInterface({input: process.stdin})) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = await commands[command.do](command);
  } catch (error) {
    answer = {error: String(error?.message ?? error)};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
process.exit();
