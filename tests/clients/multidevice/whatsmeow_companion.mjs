// A companion: unmodified whatsmeow, in the process that ../whatsmeow/main.go is. Messages have the
// form in which Baileys gives them, as far as the stories look at them.
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {check, CheckFailed, waitFor} from './simulator.mjs';

const textOf = (message) => message?.conversation ?? message?.extendedTextMessage?.text;

// The names that whatsmeow writes in another way.
const NAMES = {ID: 'id', remoteJID: 'remoteJid', stanzaID: 'stanzaId'};
function renamed(value) {
  if (Array.isArray(value)) return value.map(renamed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
      Object.entries(value).map(([name, inside]) => [NAMES[name] ?? name, renamed(inside)]));
}

// The process, started when it is needed.
class Peers {
  constructor() {
    this.process = spawn(process.env.PARLEY_WHATSMEOW, {stdio: ['pipe', 'pipe', 'ignore']});
    this.waiting = new Map();
    this.companions = new Map();
    this.asked = 0;
    createInterface({input: this.process.stdout}).on('line', (line) => this.take(JSON.parse(line)));
  }
  take(line) {
    if (line.event) return this.companions.get(line.client)?.onEvent(line);
    const {resolve, reject} = this.waiting.get(line.n);
    this.waiting.delete(line.n);
    line.error ? reject(new CheckFailed(line.error)) : resolve(line.result);
  }
  say(line) { this.process.stdin.write(JSON.stringify(line) + '\n'); }
  ask(line) {
    const n = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(n, {resolve, reject});
      this.say({n, ...line});
    });
  }
}

let peers, made = 0;
const running = () => peers ??= new Peers();

export class WhatsmeowCompanion {
  static all = [];
  static trust(rootKey) { running().say({do: 'trust', text: rootKey}); }

  constructor(url, name, options = {}, first) {
    this.onSent = options.onSent;  // what every stanza is, as text
    this.url = url;
    this.name = name;
    this.client = `${name} ${++made}`;
    this.first = first;      // whose device it is, when that is another one's
    this.forgets = true;     // a device that was logged out is one that was never paired
    this.state = 'new';
    this.closed = [];
    this.messages = [];
    this.receipts = [];
    this.presences = [];
    this.calls = [];
    this.pictures = [];
    this.history = [];
    running().companions.set(this.client, this);
    WhatsmeowCompanion.all.push(this);
  }

  ask(what, more) { return running().ask({client: this.client, do: what, ...more}); }

  start() {
    this.state = 'connecting';
    this.online = false;
    this.ask('start', {url: this.url, name: this.first});
    return this;
  }

  onEvent({event, ...more}) {
    if (event === 'sent') this.onSent?.(more.xml);
    if (event === 'qr') this.qr = more.qr;
    if (event === 'paired') this.closed.push(515);
    if (event === 'online') this.online = true;
    if (event === 'connected' && this.state !== 'stopped') this.state = 'open';
    if (event === 'closed' && this.state !== 'stopped') {
      this.state = 'close';
      this.closed.push(more.code);
      this.why = more.why;
    }
    if (event === 'message') this.messages.push(renamed(more));
    if (event === 'receipt') this.receipts.push(more);
    if (event === 'presence') this.presences.push(more);
    if (event === 'call') this.calls.push(more);
    if (event === 'picture') this.pictures.push(more);
    if (event === 'history') this.history.push(more);
  }

  async opened() {
    await waitFor(`${this.name} being logged in`, () => {
      if (this.state === 'close') throw new CheckFailed(`${this.name} was closed: ${this.closed} ${this.why}`);
      return this.state === 'open' && this.online;
    });
    this.own = await this.ask('own');
  }

  async pair(person) {
    this.start();
    await waitFor('a QR code', () => this.qr);
    this.device = await person.scan(this.qr);
    await this.opened();
    check('the restart after pairing', this.closed, [515]);
    return this;
  }
  async pairByCode(person) {
    this.start();
    await waitFor('a QR code', () => this.qr);
    this.device = await person.enterCode(await this.requestCode(person));
    await this.opened();
    return this;
  }
  async requestCode(person) {
    return (await this.ask('code', {to: person.number})).replace('-', '');
  }

  send(to, content, {quoted} = {}) {
    return this.ask('send', {to: to.jid ?? to, what: {...content, quoted: quoted?.key.id}});
  }
  read(message) { return this.ask('read', {id: message.key.id}); }
  watch(person) { return this.ask('watch', {to: person.jid}); }
  show(kind, person) { return this.ask('show', {name: kind, to: person.jid}); }
  lookUp(...numbers) {
    return this.ask('lookUp', {names: numbers.map((number) => '+' + number)});
  }
  block(person) { return this.ask('block', {to: person.jid}); }
  blocked() { return this.ask('blocked'); }
  picture(person) { return this.ask('picture', {to: person.jid}); }
  about(person) { return this.ask('about', {to: person.jid}); }
  setAbout(text) { return this.ask('setAbout', {text}); }
  logOut() { return this.ask('logOut'); }
  async payload() { return Buffer.from(await this.ask('payload'), 'base64'); }
  setPicture(bytes) { return this.ask('setPicture', {text: bytes.toString('base64')}); }
  rejectCall(call) { return this.ask('rejectCall', {to: call.from, id: call.id}); }
  vote(poll, options) { return this.ask('vote', {id: poll.key.id, names: options}); }
  twin(name) { return new WhatsmeowCompanion(this.url, name, {}, this.client); }

  received(text, within) {
    return waitFor(`"${text}" at ${this.name}`,
        () => this.messages.find(({message}) => textOf(message) === text), within);
  }
  find(what, holds) {
    return waitFor(what, () => this.messages.find(({message}) => holds(message)));
  }
  edited(key, text) {
    return this.find(`"${text}" at ${this.name}`, ({protocolMessage}) =>
        protocolMessage?.key?.id === key.id && textOf(protocolMessage.editedMessage) === text);
  }
  deleted(key) {
    return this.find(`a message being deleted at ${this.name}`, ({protocolMessage}) =>
        protocolMessage?.key?.id === key.id && protocolMessage.type === 'REVOKE');
  }
  count(text) { return this.messages.filter(({message}) => textOf(message) === text).length; }
  status(key, status) {
    const type = {3: '', 4: 'read'}[status];
    return waitFor(`a receipt "${type}" at ${this.name}`, () =>
        this.receipts.some((one) => one.type === type && one.ids.includes(key.id)));
  }

  stop() {
    this.state = 'stopped';
    if (running().companions.get(this.client) === this) return this.ask('stop').catch(() => {});
  }
}
