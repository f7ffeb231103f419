// The simulated Graph through npm whatsapp-api-js: what it sends, and what it reads of webhooks. Its
// host is fixed, so that the fetch that it is given goes to the simulated network instead; nothing
// else is changed. Exit code 0, or 3 when a check failed or the library refused something.
'use strict';

const http = require('node:http');
const {pathToFileURL} = require('node:url');

const {CheckFailed, check, waitFor} = require('./checking.cjs');

const demo = JSON.parse(process.env.PARLEY_CLIENT);
const GRAPH = 'https://graph.facebook.com';
const SHOP = '+15550400', ANA = '+15550100', VERSION = 'v22.0';

const isWamid = (id) => /^wamid\.[A-Za-z0-9+/=_-]{20,}$/.test(id);

// The library's modules, which are ES modules beside the CommonJS way to find them.
async function load(name) {
  const path = require.resolve('whatsapp-api-js').replace(/index\.js$/, name);
  return import(pathToFileURL(path).href);
}

// A field of what the webhook says, for a run that must notice it.
function mutate(body) {
  const mutation = demo.request_mutation;
  if (!mutation) return;
  const names = mutation.field.split('.');
  const last = names.pop();
  let place = body;
  for (const name of names) place = place?.[name];
  if (place && last in place) place[last] = mutation.value;
}

class Program {
  constructor(library) {
    this.library = library;
    this.heard = [];
    this.refused = 0;
  }

  async start() {
    const {WhatsAppAPI} = this.library;
    const made = await this.sim('POST', '/cloud/numbers', {number: SHOP, name: 'The shop'});
    this.id = made.phone_number_id;
    this.made = made;
    this.api = new WhatsAppAPI({
      token: made.access_token, appSecret: made.app_secret, webhookVerifyToken: 'the token', v: VERSION,
      ponyfill: {fetch: (url, options) => fetch(String(url).replace(GRAPH, demo.sim_url + '/graph'), options)}
    });
    this.api.on.message = (message) => this.heard.push({message});
    this.api.on.status = (status) => this.heard.push({status});
    this.server = http.createServer((request, response) => this.hear(request, response));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    await this.sim('PATCH', `/cloud/numbers/${this.id}`, {
      webhook_url: `http://127.0.0.1:${this.server.address().port}/hook`, verify_token: 'the token'});
  }

  async hear(request, response) {
    const url = new URL(request.url, 'http://hook');
    const parts = [];
    for await (const part of request) parts.push(part);
    const raw = Buffer.concat(parts).toString();
    try {
      if (request.method === 'GET')
        return response.end(this.api.get(Object.fromEntries(url.searchParams)));
      const body = JSON.parse(raw);
      mutate(body);
      await this.api.post(body, raw, request.headers['x-hub-signature-256'] ?? '');
      response.end();
    } catch (error) {
      this.failure = error;
      response.statusCode = 500;
      response.end();
    }
  }

  async sim(method, path, body) {
    const answer = await fetch(demo.sim_url + path, {
      method, headers: {'Content-Type': 'application/json'}, body: body && JSON.stringify(body)});
    const text = await answer.text();
    if (!answer.ok) throw new CheckFailed(`${method} ${path} answered ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
  async inbox() {
    return (await this.sim('GET', `/people/${ANA}/inbox`)).messages.filter(
        (m) => m.from === SHOP && m.kind !== 'reaction');
  }
  ana(body) { return this.sim('POST', `/people/${ANA}/send`, {to: SHOP, kind: 'text', ...body}); }

  // The next webhook that is of that kind and that `fits`.
  next(kind, fits = () => true) {
    return waitFor(`a ${kind}`, () => {
      if (this.failure) throw new CheckFailed(`the library refused a webhook: ${this.failure}`);
      const at = this.heard.findIndex((heard) => heard[kind] && fits(heard[kind]));
      return at < 0 ? undefined : this.heard.splice(at, 1)[0][kind];
    });
  }

  // Sends, and waits until it has arrived: what the phone shows.
  async send(message, context) {
    const answer = await this.api.sendMessage(this.id, ANA.slice(1), message, context, 'mark');
    check('the answer to a message', answer, (a) => a.messaging_product === 'whatsapp' && !a.error);
    check('contacts', answer.contacts, [{input: ANA.slice(1), wa_id: ANA.slice(1)}]);
    check('id', answer.messages[0].id, isWamid);
    const before = this.sent ?? 0;
    this.sent = before + 1;
    const status = await this.next('status', (s) => s.id === answer.messages[0].id && s.status === 'delivered');
    check('phone', status.phone, ANA.slice(1));
    check('phoneID', status.phoneID, this.id);
    check('biz_opaque_callback_data', status.biz_opaque_callback_data, 'mark');
    check('timestamp', status.timestamp, (t) => Math.abs(Number(t) - Date.now() / 1000) < 60);
    const shown = await waitFor('the message', async () => (await this.inbox())[before]);
    return {id: answer.messages[0].id, shown, status};
  }
}

async function texts(program, {Text}) {
  await program.ana({text: 'Grüße 👋'});
  const message = await program.next('message');
  check('from', message.from, ANA.slice(1));
  check('name', message.name, 'Ana');
  check('phoneID', message.phoneID, program.id);
  check('type', message.message.type, 'text');
  check('text', message.message.text.body, 'Grüße 👋');
  check('message id', message.message.id, isWamid);
  check('timestamp', message.message.timestamp, (t) => /^\d+$/.test(t));

  const {id, shown, status} = await program.send(new Text('Hello Ana'), message.message.id);
  check('text', shown.text, 'Hello Ana');
  check('conversation', status.conversation, (c) => c === undefined || c.origin.type === 'service');
  check('pricing', status.pricing, (p) => p === undefined || typeof p.billable === 'boolean');
  await program.sim('POST', `/people/${ANA}/read`, {id: shown.id});
  await program.next('status', (s) => s.id === id && s.status === 'read');
  check('read', await message.received('text'), {success: true});
}

async function files(program, {Image, Document}) {
  const bytes = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');
  const form = new FormData();
  form.set('file', new Blob([bytes], {type: 'image/png'}), 'pixel.png');
  const uploaded = await program.api.uploadMedia(program.id, form);
  check('upload', uploaded, (u) => /^\d+$/.test(u.id));
  const media = await program.api.retrieveMedia(uploaded.id, program.id);
  check('mime_type', media.mime_type, 'image/png');
  check('file_size', Number(media.file_size), bytes.length);
  check('id', media.id, uploaded.id);
  const fetched = await program.api.fetchMedia(media.url);
  check('bytes', Buffer.from(await fetched.arrayBuffer()).equals(bytes), true);
  const {shown} = await program.send(new Image(uploaded.id, true, 'a pixel'));
  check('kind', shown.kind, 'image');
  check('caption', shown.text, 'a pixel');
  check('document', (await program.send(new Document(uploaded.id, true, 'paper', 'pixel.png'))).shown.kind, 'document');
  check('deleted', await program.api.deleteMedia(uploaded.id, program.id), {success: true});
  check('gone', (await program.api.retrieveMedia(uploaded.id, program.id)).error.code, 100);

  await program.ana({kind: 'image', text: 'from Ana',
                     media: {mime_type: 'image/png', data: bytes.toString('base64')}});
  const {message} = await program.next('message');
  check('type', message.type, 'image');
  check('caption', message.image.caption, 'from Ana');
  const theirs = await program.api.retrieveMedia(message.image.id);
  check('bytes', Buffer.from(await (await program.api.fetchMedia(theirs.url)).arrayBuffer()).equals(bytes), true);
}

async function structured(program, library) {
  const {Location, Reaction, Interactive, ActionButtons, Button, Body, ActionList, ListSection, Row, Text} = library;
  check('location', (await program.send(new Location(8.5, 47.4, 'Here', 'Street 1'))).shown.kind, 'location');
  const buttons = await program.send(new Interactive(
      new ActionButtons(new Button('yes', 'Yes'), new Button('no', 'No')), new Body('Well?')));
  check('buttons', buttons.shown.kind, 'buttons');
  await program.sim('POST', `/people/${ANA}/choose`, {message: buttons.shown.id, id: 'yes'});
  const pressed = (await program.next('message')).message;
  check('button_reply', pressed.interactive, {type: 'button_reply', button_reply: {id: 'yes', title: 'Yes'}});
  check('context', pressed.context.id, buttons.id);
  const list = await program.send(new Interactive(
      new ActionList('Open', new ListSection('Things', new Row('one', 'One', 'The first'))), new Body('Which?')));
  check('list', list.shown.kind, 'list');
  await program.ana({text: 'react to me'});
  const {message} = await program.next('message');
  const answer = await program.api.sendMessage(program.id, ANA.slice(1), new Reaction(message.id, '👍'));
  check('reaction', answer.messages[0].id, isWamid);
  check('quote', (await program.send(new Text('quoting'), message.id)).shown.text, 'quoting');
}

async function refusals(program, {Text}) {
  const unknown = await program.api.sendMessage('1', ANA.slice(1), new Text('hi'));
  check('unknown number', [unknown.error.code, unknown.error.error_subcode], [100, 33]);
  check('trace', unknown.error.fbtrace_id, (trace) => trace.length > 5);
  check('blocked', (await program.api.blockUser(program.id, ANA.slice(1))).block_users.added_users.length, 1);
  check('unblocked', (await program.api.unblockUser(program.id, ANA.slice(1))).block_users.removed_users.length, 1);
  program.api.token = 'EAAwrong';
  check('token', (await program.api.sendMessage(program.id, ANA.slice(1), new Text('hi'))).error.code, 190);
}

async function main() {
  const library = {...await load('index.js'), ...await load('messages/index.js')};
  const program = new Program(library);
  try {
    await program.start();
    await texts(program, library);
    await files(program, library);
    await structured(program, library);
    await refusals(program, library);
  } catch (error) {
    console.log(`CHECK FAILED: ${error instanceof CheckFailed ? error.message : error.stack}`);
    process.exit(error instanceof CheckFailed || error.name === 'TypeError' ? 3 : 1);
  }
  process.exit(0);
}

main();
