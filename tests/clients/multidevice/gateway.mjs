// A number that is paired natively with Parley, as a program sees it: Wapio's API and webhooks, and
// 1MSG's API for what Wapio has no call for.
import http from 'node:http';
import {CheckFailed, waitFor} from './simulator.mjs';

// Keeps what is posted to it.
class Receiver {
  constructor() {
    this.events = [];
    this.server = http.createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        this.events.push(JSON.parse(Buffer.concat(parts).toString()));
        response.end();
      });
    });
  }
  listen() {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => {
      this.url = `http://127.0.0.1:${this.server.address().port}/hook`;
      resolve(this);
    }));
  }
}

export class Gateway {
  constructor(demo) {
    this.demo = demo;
    this.channels = [];
  }
  async call(method, path, body, key = this.demo.admin_token) {
    const answer = await fetch(this.demo.base_url + path, {
      method, body: body && JSON.stringify(body),
      headers: {Authorization: 'Bearer ' + key, ...(body && {'Content-Type': 'application/json'})},
    });
    const text = await answer.text();
    if (!answer.ok) throw new CheckFailed(`${method} ${path} is answered ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }
  async account() {
    const {accounts} = await this.call('GET', '/parley/v1/accounts');
    return accounts.find(({name}) => name === 'Demo').account_id;
  }
  // `events`: of its webhook; all when left out.
  async channel(person, settings = {}, events = []) {
    const account = await this.account();
    const path = `/parley/v1/accounts/${account}/channels`;
    const {channel_id} = await this.call('POST', path, {
      label: person.name, link: 'multidevice', settings});
    const channel = new Channel(this, person, `${path}/${channel_id}`, channel_id);
    await channel.prepare(events);
    this.channels.push(channel);
    return channel;
  }
  async end() {
    for (const {path, receiver} of this.channels.splice(0)) {
      await this.call('DELETE', path);
      receiver.server.close();
    }
  }
}


export class Channel {
  constructor(gateway, person, path, id) {
    Object.assign(this, {gateway, person, path, id, number: person.number, jid: person.jid});
  }
  async prepare(events) {
    const key = async (dialect) =>
        (await this.gateway.call('POST', this.path + '/keys', {dialect})).key;
    this.code = (await this.shown()).code;
    this.wapio = await key('wapio');
    this.onemsg = await key('1msg');
    this.twochat = this.gateway.demo.twochat.api_key;
    this.session = 'bps_sess_ws_' + this.id.replaceAll('-', '');
    this.receiver = await new Receiver().listen();
    await this.api('PUT', `/v1/whatsapp-sessions/${this.session}/webhook`,
                   {target_url: this.receiver.url, subscribed_events: events}, this.gateway.demo.wapio.pat);
  }
  api(method, path, body, key = this.wapio) { return this.gateway.call(method, path, body, key); }

  shown() { return this.gateway.call('GET', this.path); }
  state(wanted) {
    return waitFor(`state ${wanted} of ${this.person.name}'s channel`,
                   async () => (await this.shown()).state === wanted && this.shown());
  }
  async pair() {
    const {qr} = await this.gateway.call('POST', this.path + '/pair', {});
    const device = await this.person.scan(qr);
    await this.state('connected');
    this.device = device;
    return this;
  }
  async pairByCode() {
    const {code} = await this.gateway.call('POST', this.path + '/pair', {phone: '+' + this.number});
    this.device = await waitFor('the code being on offer', () => this.person.enterCode(code).catch(
        (error) => {
          if (error.message.includes('404')) return false;
          throw error;
        }));
    await this.state('connected');
    return this;
  }
  async leave() {
    await this.gateway.call('POST', this.path + '/disconnect');
    await waitFor('the channel being away', async () => !(await this.person.devices())[0].connected);
  }
  async comeBack() {
    await this.gateway.call('POST', this.path + '/connect');
    await this.state('connected');
  }

  // The id that the API gives it.
  async send(to, content) {
    const body = typeof content === 'string' ? {text: content} : content;
    return (await this.api('POST', '/api/send-message', {to: '+' + to.number, ...body})).msgId;
  }
  edit(id, text) { return this.api('PUT', '/api/messages/' + id, {text}); }
  remove(id) { return this.api('DELETE', '/api/messages/' + id); }
  react(to, id, emoji) {
    const bytes = Buffer.from(id.replace('bps_msg_', ''), 'hex');
    const spelt = 'wamid.' + bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    return this.api('POST', `/${this.code}/sendReaction?token=${this.onemsg}`,
                    {body: emoji, quotedMsgId: spelt, phone: to.number});
  }
  // The number's own picture, through 2Chat: Wapio has no call for it.
  async change(picture) {
    const answer = await fetch(
        `${this.gateway.demo.base_url}/open/whatsapp/set-profile-picture/+${this.number}`, {
          method: 'POST', body: JSON.stringify(picture),
          headers: {'X-User-API-Key': this.twochat, 'Content-Type': 'application/json'},
        });
    if (!answer.ok) throw new CheckFailed(`The picture is answered ${answer.status}`);
  }
  info(id) { return this.api('GET', `/api/messages/${id}/info`); }
  became(id, status) {
    return waitFor(`${id} being ${status}`, async () => (await this.info(id)).status === status);
  }

  // What was posted under the name and is as `holds` says.
  heard(name, holds, within) {
    return waitFor(`${name} at ${this.person.name}'s webhook`, () => this.receiver.events.find(
        (one) => one.event === name && holds(one.data)), within);
  }
  async received(text, within) {
    const {data} = await this.heard('messages.received',
                                    ({messages}) => messages.messageBody === text, within);
    return data.messages;
  }
  count(text) {
    return this.receiver.events.filter(({event, data}) => event === 'messages.received' &&
        data.messages.messageBody === text).length;
  }
}
