// The vendor's Wapio collection, run by newman: every request with the answer that is wanted, and
// with each refusal that the collection documents for it. Exit code 0, or 3 when a check failed.
//
// Of each answer the status is checked, and that it has every member of the collection's own sample
// for that status; the samples' values are placeholders. The collection is not ours to ship: it is
// read from PARLEY_SHARED/seeds.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const newman = require('newman');

const {CheckFailed, check, waitFor} = require('./checking.cjs');

const demo = JSON.parse(process.env.PARLEY_CLIENT);
const FILE = path.join(process.env.PARLEY_SHARED, 'seeds', 'wapio-postman-collection.json');
const REQUEST_WITHIN = 10000, RUN_WITHIN = 60000;  // milliseconds

async function sim(method, target, body) {
  const answer = await fetch(demo.sim_url + target, {
    method,
    headers: {'Content-Type': 'application/json'},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_WITHIN),
  });
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

// ---------------------------------------------------------------------------- what is sent by URL

const FILES = {
  'image.jpg': ['image/jpeg', 'ffd8ffe000104a46494600010100000100010000ffd9'],
  'private-image.jpg': ['image/jpeg', 'ffd8ffe000104a46494600010100000100010001ffd9'],
  'video.mp4': ['video/mp4', '0000001866747970697361360000020069736f6d69736f32'],
  'invoice.pdf': ['application/pdf', Buffer.from('%PDF-1.4\n%%EOF\n').toString('hex')],
  'audio.mp3': ['audio/mpeg', 'fffb90640000000000000000000000000000000000000000'],
  'sticker.webp': ['image/webp', '524946461a000000574542505650384c0d0000002f0000001007100000000000'],
};
const FILES_HOST = 'https://example.com';

function startHost() {
  const server = http.createServer((request, response) => {
    const file = FILES[request.url.slice(1)];
    if (!file) return response.writeHead(404).end();
    response.setHeader('Content-Type', file[0]);
    response.end(Buffer.from(file[1], 'hex'));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    resolve(`http://127.0.0.1:${server.address().port}`);
  }));
}

// ---------------------------------------------------------------------------------- the collection

const collection = JSON.parse(fs.readFileSync(FILE, 'utf8'));
const items = new Map(collection.item.flatMap((folder) => folder.item)
                          .map((item) => [item.name, item]));
const used = new Set();

// Members of the sample that may be null or empty: of what has not happened.
const MAY_BE_EMPTY = new Set(['warnings']);

// Where `actual` lacks what the sample has.
function faultsOf(sample, actual, where = '') {
  if (Array.isArray(sample)) {
    if (!Array.isArray(actual)) return [`${where} is no list`];
    if (actual.length === 0 && !MAY_BE_EMPTY.has(where)) return [`${where} is empty`];
    return actual.flatMap((one) => faultsOf(sample[0], one, `${where}.*`));
  }
  if (sample === null || typeof sample !== 'object') return [];
  if (actual === null || typeof actual !== 'object') return [`${where} is no object`];
  return Object.keys(sample).flatMap((name) => {
    const place = where ? `${where}.${name}` : name;
    if (!(name in actual)) return [`${place} is missing`];
    return faultsOf(sample[name], actual[name], place);
  });
}

function checkAnswer(name, status, body) {
  const sample = items.get(name).response.find((one) => one.code === status)?.body;
  if (!sample) return;
  const wanted = JSON.parse(sample);
  // The samples of errors have one made-up field where there may be none.
  if (status >= 400 && wanted.errors?.key_0) delete wanted.errors;
  const faults = faultsOf(wanted, body);
  if (faults.length > 0) throw new CheckFailed(`${name}: ${faults.join(', ')}`);
  if (status < 400) return;
  check(`${name}: success`, body.success, false);
  check(`${name}: message`, body.message, (text) => typeof text === 'string' && text !== '');
  check(`${name}: reason_code`, body.reason_code, (text) => /^[a-z_]+$/.test(text));
  // Where the sample is more than a placeholder, it is the answer.
  if (wanted.message && wanted.message !== '') check(name, body, wanted);
}

// Runs one request of the collection. `change` has `set` (variables and path parts), `body` (members
// over those of its own body) and `query`. Returns the decoded body, undefined when there is none.
async function send(name, token, status, change = {}) {
  const item = structuredClone(items.get(name));
  if (!item) throw new Error(`The collection has no request '${name}'`);
  used.add(name);
  const {request} = item, set = change.set ?? {};
  for (const part of request.url.variable) part.value = set[part.key];
  if (change.query) request.url.query = Object.entries(change.query)
                                            .map(([key, value]) => ({key, value}));
  if (change.body)
    request.body.raw = JSON.stringify({...JSON.parse(request.body.raw), ...change.body});
  if (request.body?.raw) request.body.raw = request.body.raw.replaceAll(FILES_HOST, set.files);
  const values = {baseUrl: demo.base_url, apiToken: token, ...set};
  const one = {
    info: collection.info,
    auth: collection.auth,
    item: [item],
    variable: Object.entries(values).map(([key, value]) => ({key, value})),
  };
  const response = await new Promise((resolve, reject) => {
    let answer;
    newman.run({collection: one, timeout: RUN_WITHIN, timeoutRequest: REQUEST_WITHIN}, (error, summary) => {
      const failure = error ?? summary.run.failures[0]?.error;
      if (failure) return reject(new CheckFailed(`newman, ${name}: ${failure.message}`));
      resolve(answer);
    }).on('request', (error, {response}) => {
      if (!error) answer = {status: response.code, text: response.text()};
    });
  });
  if (response.status !== status)
    throw new CheckFailed(`${name}: ${response.status} instead of ${status}: ${response.text}`);
  const body = response.text === '' ? undefined : JSON.parse(response.text);
  checkAnswer(name, status, body);
  return body;
}

// ----------------------------------------------------------------------------------------- stories

const UNKNOWN_SESSION = 'bps_sess_ws_' + '0'.repeat(32), UNKNOWN_MESSAGE = 'bps_msg_' + '0'.repeat(32);
const {pat, session_id: SESSION, session_key: KEY} = demo.wapio;
const [ANA, BEN] = demo.people.map((person) => person.number);
const bare = (number) => number.replace('+', '');
const jid = (number) => bare(number) + '@s.whatsapp.net';

// A session from its making to its end, and what is refused on the way.
async function checkSessions() {
  const NEW = '+15550399';
  await sim('POST', '/people', {number: NEW, name: 'New one'});
  await send('List sessions', 'bps_pat_wrong', 401);
  await send('Create a session (PAT only)', 'bps_pat_wrong', 401);
  await send('Create a session (PAT only)', KEY, 403);
  await send('Create a session (PAT only)', pat, 422, {body: {settings: {typing: 'maybe'}}});
  const made = await send('Create a session (PAT only)', pat, 201);
  check('status', made.session.status, 'pending');
  const set = {sessionId: made.session.session_id}, unknown = {sessionId: UNKNOWN_SESSION};
  await send('Get a session', pat, 200, {set});
  await send('Get a session', KEY, 404, {set});
  const changed = await send('Update session metadata + settings', pat, 200,
                             {set, body: {label: 'Newman', settings: {typing: true}}});
  check('label', changed.label, 'Newman');
  await send('Update session metadata + settings', made.session_api_key.raw, 403,
             {set, body: {webhook: {target_url: 'https://example.com'}}});
  await send('Update session metadata + settings', pat, 404, {set: unknown});
  const settings = await send('Get session operational settings', pat, 200, {set});
  check('typing', settings.session_settings.typing, true);
  const switched = await send('Update session operational settings', pat, 200,
                              {set, body: {always_online: true}});
  check('the switches', switched.session_settings, (s) => s.always_online && s.typing);

  const {qrcode} = await send('Get the pairing QR code', pat, 200, {set});
  await sim('POST', `/people/${NEW}/scan`, {qr: qrcode});
  await waitFor('the connection', async () =>
    (await send('Get a session', pat, 200, {set})).status === 'connected');
  await send('Get the pairing QR code', pat, 409, {set});
  await send('Connect a paired session', pat, 409, {set});
  await send('Connect a paired session', pat, 404, {set: unknown});
  await send('Disconnect a session', pat, 200, {set});
  await send('Connect a paired session', pat, 200, {set});
  await send('Restart the session worker', pat, 200, {set});
  // The collection's query asks for deleted ones.
  const listed = await send('List sessions', pat, 200, {query: {limit: '50', before_id: ''}});
  check('sessions', listed.data.map((one) => one.session_id), (ids) => ids.includes(set.sessionId));

  const OWN = made.session_api_key.raw;
  await send('Rotate the session-scoped key (PAT only)', OWN, 403, {set});
  const rotated = await send('Rotate the session-scoped key (PAT only)', pat, 200, {set});
  check('the fingerprint before', rotated.session_api_key.previous_fingerprint,
        made.session_api_key.fingerprint);
  await send('List sessions', OWN, 401);
  await send('Delete a session (PAT only)', rotated.session_api_key.raw, 403, {set});
  await send('Delete a session (PAT only)', pat, 404, {set: unknown});
  const operation = await send('Delete a session (PAT only)', pat, 202, {set});
  check('session_id', operation.session_id, set.sessionId);
  await send('List sessions', rotated.session_api_key.raw, 401);
}

// Name, and the kind in which it arrives.
const SENDS = [
  ['Send Text Message', 'text'],         ['Send Image Message', 'image'],
  ['Send Video Message', 'video'],       ['Send Document Message', 'document'],
  ['Send Audio Message', 'audio'],       ['Send Sticker Message', 'sticker'],
  ['Send View Once Message', 'image'],   ['Send Location Message', 'location'],
  ['Send Contact Message', 'contacts'],  ['Send Poll Message', 'poll'],
];

async function checkMessages(files) {
  const set = (more) => ({sessionId: SESSION, recipientPhone: ANA, files, ...more});
  const ids = [];
  for (const [name] of SENDS) {
    const sent = await send(name, pat, 202, {set: set({idempotencyKey: `newman-${ids.length}`})});
    check(`${name}: jid`, sent.jid, jid(ANA));
    check(`${name}: status`, sent.status, 'queued');
    check(`${name}: msgId`, sent.msgId, (id) => /^bps_msg_[0-9a-f]{32}$/.test(id));
    ids.push(sent.msgId);
    await send(name, KEY, 422, {set: set({recipientPhone: '', idempotencyKey: ''})});
  }
  const again = await send('Send Text Message', pat, 202, {set: set({idempotencyKey: 'newman-0'})});
  check('the id of a repeat', again.msgId, ids[0]);
  const inbox = await waitFor('the messages', async () => {
    const {messages} = await sim('GET', `/people/${ANA}/inbox`);
    return messages.length >= SENDS.length && messages;
  });
  check('what arrived', inbox.map((message) => message.kind), SENDS.map(([, kind]) => kind));

  const text = {set: {messageId: ids[0]}}, unknown = {set: {messageId: UNKNOWN_MESSAGE}};
  const info = await send('Get delivery info for a message', KEY, 200, text);
  check('message_id', info.message_id, ids[0]);
  await send('Get delivery info for a message', KEY, 404, unknown);
  await send('Edit a message (alias)', KEY, 200, {...text, body: {text: 'Edited once'}});
  await send('Edit a previously-sent text message', KEY, 200, {...text, body: {text: 'Edited twice'}});
  await send('Re-dispatch a previously-sent message', KEY, 200, {set: {messageId: ids[7]}});
  await send('Delete (revoke) a previously-sent message', KEY, 200, {set: {messageId: ids[9]}});
  await send('Delete (revoke) a previously-sent message', KEY, 404, unknown);
  const marked = await waitFor('the changes', async () => {
    const {messages} = await sim('GET', `/people/${ANA}/inbox?limit=1000`);
    const done = messages[0].marks?.edited === 'Edited twice' && messages[9].marks?.deleted &&
                 messages.filter((one) => one.kind === 'location').length === 2;
    return done && messages;
  });
  check('the first text', marked[0].marks.edited, 'Edited twice');

  await sim('POST', `/people/${ANA}/send`, {to: demo.twochat.number, kind: 'text', text: 'Read me'});
  const incoming = await waitFor('the incoming message', async () => {
    const {messages} = await send('How to get a Channel ID', KEY, 200, {set: {sessionId: SESSION}});
    return messages.find((one) => one.direction === 'incoming');
  });
  await send('Mark one or more messages as read', KEY, 200,
             {body: {message_ids: [incoming.id], chat_jid: jid(ANA)}});
  await waitFor('the read receipt', async () => {
    const {messages} = await sim('GET', `/people/${ANA}/outbox`);
    return messages.some((one) => one.status === 'read');
  });
  await send('Update typing / online presence', KEY, 200, {body: {to: jid(ANA)}});
}

async function checkContacts() {
  const ana = {set: {phone: bare(ANA), jid: jid(ANA)}};
  const WHETHER = 'Resolve a phone\'s WhatsApp registration status';
  check('somebody', await send(WHETHER, KEY, 200, ana), {exists: true, jid: jid(ANA)});
  check('nobody', await send(WHETHER, KEY, 200, {set: {phone: '15550998'}}),
        {exists: false, jid: null});
  await send('Upsert a contact', KEY, 200, {body: {phone: ANA, name: 'Ana of the shop'}});
  const listed = await send('List contacts', KEY, 200);
  check('her name in the list', listed.data.find((one) => one.id === jid(ANA))?.name,
        'Ana of the shop');
  const contact = await send('Get a contact by phone', KEY, 200, ana);
  check('her name', contact.name, 'Ana of the shop');
  const picture = await send('Get a contact\'s profile picture URL', KEY, 200, ana);
  check('her picture', picture, {imgUrl: null});
  // What somebody writes while blocked never comes; what they write afterwards does, and would
  // come behind it.
  await send('Block a contact', KEY, 200, ana);
  await sim('POST', `/people/${ANA}/send`, {to: demo.twochat.number, text: 'Unheard'});
  await send('Unblock a contact', KEY, 200, ana);
  await sim('POST', `/people/${ANA}/send`, {to: demo.twochat.number, text: 'Heard again'});
  const heard = await waitFor('a message after the block', async () => {
    const {messages} = await send('How to get a Channel ID', KEY, 200, {set: {sessionId: SESSION}});
    const texts = messages.map((one) => JSON.parse(one.content).text);
    return texts.includes('Heard again') && texts;
  });
  check('what a blocked person wrote', heard.includes('Unheard'), false);
}

async function checkGroups() {
  const made = await send('Create a group', KEY, 201,
                          {body: {subject: 'Newman', participants: [ANA]}});
  const set = {groupJid: made.group_jid}, ben = {set, body: {participants: [BEN]}};
  const listed = await send('List groups', KEY, 200);
  check('the list', listed.data.map((one) => one.id), (ids) => ids.includes(made.group_jid));
  check('subject', (await send('Get a group', KEY, 200, {set})).subject, 'Newman');
  check('subject', (await send('Get group metadata', KEY, 200, {set})).subject, 'Newman');
  const added = await send('Add group participants', KEY, 200, ben);
  check('adding', added.data.map((one) => one.status), [200]);
  await send('Promote participants to admin', KEY, 200, ben);
  const people = await send('List group participants', KEY, 200, {set});
  check('roles', people.data.map((one) => one.admin), ['superadmin', null, 'admin']);
  await send('Demote participants from admin', KEY, 200, ben);
  const removed = await send('Remove group participants', KEY, 200, ben);
  check('removing', removed.data.map((one) => one.status), [200]);
  await send('Update group settings', KEY, 200, {set});  // the collection's own keys are made up
  const changed = await send('Update group settings', KEY, 200, {set, body: {announce: true}});
  check('the settings', changed, (settings) => settings.announce === true);
  const picture = await send('Get the group\'s profile picture URL', KEY, 200, {set});
  check('the picture', picture, {imgUrl: null});
  const {inviteLink} = await send('Get the group\'s invite link', KEY, 200, {set});
  const inviteCode = inviteLink.split('/').pop();
  const info = await send('Resolve a group invite code', KEY, 200, {set: {inviteCode}});
  check('the group behind the code', info.id, made.group_jid);
  await send('Leave a group', KEY, 200, {set});
  await send('Get a group', KEY, 404, {set});
  const joined = await send('Accept a group invite code', KEY, 200, {body: {invite_code: inviteCode}});
  check('group_jid', joined.group_jid, made.group_jid);
}

// As the collection tells it: posted from the phone, seen in the logs, posted to by id.
async function checkChannels() {
  const own = demo.twochat.number;
  const newsletter = await sim('POST', '/newsletters', {by: own, name: 'Newman'});
  await sim('POST', `/newsletters/${newsletter.id}/follow`, {by: BEN});
  await sim('POST', `/people/${own}/send`,
            {to: `${newsletter.id}@newsletter`, kind: 'text', text: 'Which id is it?'});
  const logged = await waitFor('the post in the logs', async () => {
    const {messages} = await send('How to get a Channel ID', KEY, 200, {set: {sessionId: SESSION}});
    return messages.find((one) => one.remote_jid.endsWith('@newsletter'));
  });
  const set = {sessionId: SESSION, channelId: logged.remote_jid, idempotencyKey: 'newman-channel'};
  const sent = await send('Send Channel Message', KEY, 202, {set});
  check('jid', sent.jid, logged.remote_jid);
  await send('Send Channel Message', KEY, 422,
             {set: {...set, idempotencyKey: ''}, body: {channel_id: '', to: ''}});
  await waitFor('the post', async () => (await sim('GET', `/people/${BEN}/inbox?limit=1000`)).messages
                                            .some((one) => one.text === 'Hello channel from Wapio'));
}

async function call(method, target, headers, body) {
  const answer = await fetch(demo.base_url + target, {
    method,
    headers: {'Content-Type': 'application/json', ...headers},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_WITHIN),
  });
  return {status: answer.status, body: await answer.json()};
}

// What an account is answered that has spent its requests: one a minute, so that none comes back
// meanwhile.
async function checkLimit() {
  const {twochat_api_key: key, wapio_pat: limited} = demo.accounts.rate_limited;
  const info = await call('GET', '/open/info', {'X-User-API-Key': key});
  const account = info.body.account.uuid.replace(/^ACC/, '');
  const changed = await call('PATCH', `/parley/v1/accounts/${account}`,
                             {Authorization: `Bearer ${demo.admin_token}`}, {requests_per_minute: 1});
  check('status of changing the account', changed.status, 200);
  const spend = () => call('GET', '/v1/whatsapp-sessions', {Authorization: `Bearer ${limited}`});
  await waitFor('the limit', async () => (await spend()).status === 429);
  await send('List sessions', limited, 429);
  const set = {sessionId: UNKNOWN_SESSION, files: FILES_HOST};
  for (const name of [...SENDS.map(([name]) => name), 'Send Channel Message'])
    await send(name, limited, 429, {set});
}

async function main() {
  const files = await startHost();
  await checkSessions();
  await checkMessages(files);
  await checkContacts();
  await checkGroups();
  await checkChannels();
  await checkLimit();
  check('requests of the collection that were not sent',
        [...items.keys()].filter((name) => !used.has(name)), []);
}

main().then(() => process.exit(0), (error) => {
  if (!(error instanceof CheckFailed)) {
    console.error(error);
    process.exit(1);
  }
  console.log('CHECK FAILED: ' + error.message);
  process.exit(3);
});
