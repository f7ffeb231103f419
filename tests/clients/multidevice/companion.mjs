// A companion: unmodified Baileys, as it comes or with its checks of signatures made effective.
import makeWASocket, {
  aesEncryptGCM, Curve, generateLoginNode, generateRegistrationNode, hmacSign, initAuthCreds,
  jidNormalizedUser, proto, sha256, WA_CERT_DETAILS,
} from 'baileys';
import {randomBytes} from 'node:crypto';
import {createRequire} from 'node:module';
import {check, CheckFailed, waitFor} from './simulator.mjs';
import {memoryKeys, silent} from './quiet_baileys.mjs';

const require = createRequire(import.meta.url);
const libsignal = require('libsignal/src/curve.js');

// Baileys 7 takes every well-formed signature: it waits for an exception where libsignal answers
// false. This makes both say no, and the root key ours. Only exported objects are changed.
export function makeStrict(rootKey) {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
  const verify = libsignal.verifySignature;
  Curve.verify = (key, message, signature) => {
    try {
      const typed = key.length === 33 ? key : Buffer.concat([Buffer.of(5), key]);
      return verify(typed, message, signature) === true;
    } catch {
      return false;
    }
  };
  libsignal.verifySignature = (...asked) => {
    if (verify(...asked) !== true) throw new Error('a signature is wrong');
    return true;
  };
}

const textOf = (message) => message?.conversation ?? message?.extendedTextMessage?.text;

export class Companion {
  static all = [];

  constructor(url, name, options = {}) {
    this.url = url;
    this.name = name;
    this.options = options;
    this.auth = {creds: initAuthCreds(), keys: memoryKeys()};
    this.qr = undefined;
    this.state = 'new';
    this.closed = [];     // status codes
    this.messages = [];   // as they came, history apart
    this.updates = [];    // of messages
    this.presences = [];  // {who, kind}
    this.calls = [];      // {id, status, from, video}
    this.pictures = [];   // {who, removed}
    this.history = [];
    this.sent = new Map();
    Companion.all.push(this);
  }

  start() {
    this.state = 'connecting';
    this.online = false;
    const socket = makeWASocket(this.settings());
    this.socket = socket;
    socket.ev.on('creds.update', (update) => Object.assign(this.auth.creds, update));
    socket.ev.on('connection.update', (update) => this.onConnection(socket, update));
    socket.ev.on('messages.upsert', ({messages}) => this.messages.push(...messages));
    socket.ev.on('messages.update', (updates) => this.updates.push(...updates));
    socket.ev.on('presence.update', ({id, presences}) => this.presences.push(
        ...Object.values(presences).map(({lastKnownPresence: kind}) => ({who: id, kind}))));
    socket.ev.on('contacts.update', (updates) => this.pictures.push(
        ...updates.filter(({imgUrl}) => imgUrl).map(
            ({id, imgUrl}) => ({who: id, removed: imgUrl === 'removed'}))));
    socket.ev.on('call', (calls) => this.calls.push(
        ...calls.map(({id, status, from, isVideo}) => ({id, status, from, video: isVideo}))));
    socket.ev.on('messaging-history.set', (history) => this.history.push(history));
    return this;
  }

  settings() {
    return {
      auth: this.auth, waWebSocketUrl: this.url, logger: silent, version: [2, 3000, 1043857760],
      browser: ['Mac OS', 'Chrome', '14.4.1'], markOnlineOnConnect: false,
      shouldSyncHistoryMessage: () => true, retryRequestDelayMs: 10,
      getMessage: async ({id}) => this.sent.get(id), ...this.options,
    };
  }

  onConnection(socket, {connection, qr, lastDisconnect, receivedPendingNotifications}) {
    if (this.socket !== socket) return;
    if (qr) this.qr = qr;
    if (receivedPendingNotifications) this.online = true;
    if (connection) this.state = connection;
    if (connection !== 'close') return;
    const code = lastDisconnect?.error?.output?.statusCode;
    this.closed.push(code);
    this.why = lastDisconnect?.error?.message;
    if (code === 515) this.start();  // as Baileys asks of its users
  }

  opened() {
    return waitFor(`${this.name} being logged in`, () => {
      if (this.state === 'close') throw new CheckFailed(`${this.name} was closed: ${this.closed} ${this.why}`);
      return this.state === 'open' && this.online;
    });
  }

  async pair(person) {
    this.person = person;
    this.start();
    await waitFor('a QR code', () => this.qr);
    this.device = await person.scan(this.qr);
    await this.opened();
    check('the restart after pairing', this.closed, [515]);
    return this;
  }

  async pairByCode(person) {
    this.person = person;
    this.start();
    await waitFor('a QR code', () => this.qr);  // only then the connection is ready
    const code = await this.requestCode(person);
    // The code reaches the server a moment later.
    await waitFor('the code being on offer', async () => {
      try {
        return this.device = await person.enterCode(code);
      } catch (error) {
        if (error.message.includes('404')) return false;
        throw error;
      }
    });
    await this.opened();
    return this;
  }

  async send(to, content, options) {
    const sent = await this.socket.sendMessage(to.jid ?? to, content, options);
    this.sent.set(sent.key.id, sent.message);
    return sent.key;
  }

  requestCode(person) { return this.socket.requestPairingCode(person.number); }
  get own() { return this.socket.user; }  // {id, lid}
  read(message) { return this.socket.readMessages([message.key]); }
  watch(person) { return this.socket.presenceSubscribe(person.jid); }
  show(kind, person) { return this.socket.sendPresenceUpdate(kind, person.jid); }
  async lookUp(...numbers) {
    return (await this.socket.onWhatsApp(...numbers)).map(({jid, exists}) => [jid, exists]);
  }
  block(person) { return this.socket.updateBlockStatus(person.jid, 'block'); }
  blocked() { return this.socket.fetchBlocklist(); }
  // {url}, or {error} with what the server says: 404 none, 401 hidden.
  async picture(person) {
    try {
      return {url: await this.socket.profilePictureUrl(person.jid, 'image')};
    } catch (error) {
      return {error: error.data ?? error.output?.statusCode};
    }
  }
  about(person) { return this.socket.fetchStatus(person.jid); }
  setAbout(text) { return this.socket.updateProfileStatus(text); }
  logOut() { return this.socket.logout(); }
  // What it says of itself in the handshake.
  payload() {
    const {creds} = this.auth;
    const config = {...this.settings(), syncFullHistory: true, countryCode: 'US'};
    const node = creds.me ? generateLoginNode(creds.me.id, config) :
        generateRegistrationNode(creds, config);
    return proto.ClientPayload.encode(node).finish();
  }
  setPicture(bytes) { return this.socket.updateProfilePicture(this.own.id, bytes); }
  rejectCall(call) { return this.socket.rejectCall(call.id, call.from); }

  // Baileys reads votes and has no call that makes one: this is its decryptPollVote backwards.
  async vote(poll, options) {
    const {id, remoteJid} = poll.key;
    const [creator, voter] = [remoteJid, jidNormalizedUser(this.own.id)].map(jidNormalizedUser);
    const bytes = (text) => Buffer.from(text);
    const key = hmacSign(
        Buffer.concat([id, creator, voter, 'Poll Vote'].map(bytes).concat(Buffer.of(1))),
        hmacSign(poll.message.messageContextInfo.messageSecret, new Uint8Array(32)));
    const encIv = randomBytes(12);
    const vote = proto.Message.PollVoteMessage.encode(
        {selectedOptions: options.map((option) => sha256(bytes(option)))}).finish();
    return this.socket.relayMessage(remoteJid, {pollUpdateMessage: {
      pollCreationMessageKey: poll.key, senderTimestampMs: Date.now(),
      vote: {encIv, encPayload: aesEncryptGCM(vote, key, encIv, bytes(`${id}\0${voter}`))},
    }}, {});
  }

  // The same device once more.
  twin(name) {
    const twin = new Companion(this.url, name, this.options);
    twin.auth = this.auth;
    return twin;
  }

  received(text, within) {
    return waitFor(`"${text}" at ${this.name}`,
        () => this.messages.find(({message}) => textOf(message) === text), within);
  }
  find(what, holds) {
    return waitFor(what, () => this.messages.find(({message}) => message && holds(message)));
  }
  edited(key, text) {
    return waitFor(`"${text}" at ${this.name}`, () => this.updates.some((one) =>
        one.key.id === key.id && textOf(one.update.message?.editedMessage?.message) === text));
  }
  deleted(key) {
    return waitFor(`a message being deleted at ${this.name}`, () => this.updates.some((one) =>
        one.key.id === key.id && one.update.message === null));
  }
  count(text) { return this.messages.filter(({message}) => textOf(message) === text).length; }
  // 2 taken by the server, 3 delivered, 4 read
  status(key, status) {
    return waitFor(`status ${status} of a message of ${this.name}`,
        // Baileys puts news of a message that nobody has heard of yet into the message itself.
        () => this.updates.some((one) => one.key.id === key.id && one.update.status === status) ||
            this.messages.some((one) => one.key.id === key.id && one.status === status));
  }

  stop() {
    this.state = 'stopped';
    const socket = this.socket;
    this.socket = undefined;
    socket?.end(undefined);
  }
}
