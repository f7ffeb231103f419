// The vendor's 2Chat collection, run by newman: with the account's key, without one, and with that
// of an expired account. Exit code 0, or 3 when a check failed.
//
// Of each answer the status is checked, and that it has every member of the collection's own sample,
// of the same type. The collection is not ours to ship: it is read from PARLEY_SHARED/seeds.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const newman = require('newman');

const {CheckFailed, waitFor} = require('./checking.cjs');

const demo = JSON.parse(process.env.PARLEY_CLIENT);
const FILE = path.join(process.env.PARLEY_SHARED, 'seeds', '2chat-postman-collection.json');
const REQUEST_WITHIN = 10000, RUN_WITHIN = 30000;  // milliseconds
const BASE = 'https://api.p.2chat.io';

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>\n';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

// Every request of the collection, in its order: what its path lacks after the export emptied the
// variables, and what the answer must be.
const REQUESTS = [
  {name: 'Get account information', status: 200},
  {name: 'List all webhooks', status: 200},
  {name: 'Subscribe to webhook', status: 200},
  {name: 'Delete webhook subscription', status: 200},
  {name: 'List numbers', status: 200},
  {name: 'List groups', from: 'groups/', to: 'groups/{{CONNECTED_NUMBER}}', status: 200},
  {name: 'List group participants', from: 'group/', to: 'group/{{WHATSAPP_GROUP_UUID}}', status: 200},
  {name: 'Check number', from: 'check-number//', to: 'check-number/{{CONNECTED_NUMBER}}/', status: 200},
  {name: 'Get messages', from: 'messages/', to: 'messages/{{CONNECTED_NUMBER}}', status: 200},
  {name: 'Send message', status: 200},
];

// Members that may be null, or an empty list, although the samples have something there.
const MAY_LACK = {
  'Get account information': ['account.expires_at', 'limits.requests_per_minute'],
  'List groups': ['data.*.profile_pic_url', 'data.*.owner_contact.profile_pic_url'],
  'List group participants': ['data.owner_contact.profile_pic_url'],
  'Check number': ['number.timezone'],
};

async function call(base, method, target, body, headers = {}) {
  const answer = await fetch(base + target, {
    method,
    headers: {'Content-Type': 'application/json', ...headers},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_WITHIN),
  });
  const text = await answer.text();
  if (!answer.ok) throw new CheckFailed(`${method} ${target} is answered with ${answer.status}: ${text}`);
  return JSON.parse(text);
}

const open = (method, target, body) =>
    call(demo.base_url, method, '/open' + target, body, {'X-User-API-Key': demo.twochat.api_key});
const sim = (method, target, body) => call(demo.sim_url, method, target, body);

// The picture that the collection sends, and the receiver that it names.
function startHost() {
  const server = http.createServer((request, response) => {
    request.resume();
    response.setHeader('Content-Type', 'image/svg+xml');
    response.end(request.method === 'GET' ? PICTURE : '');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    resolve({server, url: `http://127.0.0.1:${server.address().port}`});
  }));
}

// What the samples show: a webhook, a group of somebody known by name, a verified business with a
// picture, and messages in both directions.
async function setUp(host) {
  const own = demo.twochat.number, [ann, bob] = demo.people.map((person) => person.number);
  await sim('POST', '/people', {number: '+17137157133', name: 'Recipient'});
  await sim('POST', '/people', {
    number: '+17137157533', name: 'Shop', is_business: true, verified_level: 2,
    verified_name: 'Shop', picture: PIXEL});
  await open('POST', '/contacts', {first_name: 'Ann', last_name: 'Known', phone_number: ann});
  await open('POST', '/webhooks/subscribe/whatsapp.message.received',
             {hook_url: host.url + '/other', on_number: own});
  const {group} = await sim('POST', '/groups', {by: ann, subject: '2chat test', participants: [own, bob]});
  await sim('PATCH', '/groups/' + group.id, {by: ann, picture: PIXEL});
  await open('POST', '/whatsapp/send-message',
             {from_number: own, to_number: bob, url: host.url + '/a.svg'});
  await sim('POST', `/people/${bob}/send`, {to: own, kind: 'text', text: 'a reply'});
  await waitFor('the reply', async () =>
    (await open('GET', '/whatsapp/messages/' + own)).messages.some((m) => m.message.text === 'a reply'));
  const groups = await waitFor('the group', async () => {
    const {data} = await open('GET', '/whatsapp/groups/' + own);
    return data.length > 0 && data;
  });
  return groups[0].uuid;
}

function itemsOf(folder) {
  return folder.item.flatMap((item) => item.item ? itemsOf(item) : [item]);
}

// The collection with what the export lost put back, its hosts being ours.
function load(host) {
  const collection = JSON.parse(
      fs.readFileSync(FILE, 'utf8').replaceAll('"key":"<key>"', '"key":"X-User-API-Key"'));
  const items = itemsOf(collection);
  const names = items.map((item) => item.name);
  if (JSON.stringify(names) !== JSON.stringify(REQUESTS.map((row) => row.name)))
    throw new Error(`The collection has other requests than are known here: ${names}`);
  items.forEach((item, i) => {
    const {request} = item, row = REQUESTS[i];
    if (!request.url.startsWith(BASE + '/')) throw new Error(`Another host: ${request.url}`);
    request.url = demo.base_url + request.url.slice(BASE.length);
    if (row.from) request.url = request.url.replace(row.from, row.to);
    if (!request.body) return;
    const body = JSON.parse(request.body.raw);
    if (body.hook_url) body.hook_url = host.url + '/hook';
    if (body.url) body.url = host.url + '/logo.svg';
    if ('on_number' in body) body.on_number = demo.twochat.number;
    if ('from_number' in body) body.from_number = demo.twochat.number;
    request.body.raw = JSON.stringify(body);
  });
  return {collection, items};
}

// The sample as JSON: one has a brace too many at its end, another a pair around it.
function sampleOf(item) {
  const text = item.response[0].body.trim();
  for (const [first, last] of [[0, 0], [0, 1], [1, 1]]) {
    try {
      return JSON.parse(text.slice(first, text.length - last));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  throw new Error(`The sample of '${item.name}' is no JSON`);
}

const typeOf = (value) => value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

// Faults of `actual` against the sample. Members are united over the elements of an array: each
// must be there in some element, and of the type that it has in the sample.
function compare(sample, actual, where, mayLack, faults) {
  if (typeOf(sample) === 'null') return;  // says nothing of the type
  if (typeOf(actual) !== typeOf(sample)) {
    if (typeOf(actual) === 'null' && mayLack.includes(where)) return;
    faults.push(`${where} is ${JSON.stringify(actual)}, the sample has ${JSON.stringify(sample)}`);
  } else if (typeOf(sample) === 'array') {
    if (sample.length === 0) return;
    if (actual.length === 0 && mayLack.includes(where)) return;
    if (actual.length === 0) faults.push(`${where} is empty`);
    for (const part of actual) compareElement(sample, part, `${where}.*`, mayLack, faults);
    compareUnion(sample, actual, `${where}.*`, faults);
  } else if (typeOf(sample) === 'object') {
    for (const name of Object.keys(sample)) {
      const place = where ? `${where}.${name}` : name;
      if (!(name in actual)) faults.push(`${place} is missing`);
      else compare(sample[name], actual[name], place, mayLack, faults);
    }
  }
}

// An element against the members that all elements of the sample have.
function compareElement(sample, element, where, mayLack, faults) {
  if (typeOf(sample[0]) !== 'object') return compare(sample[0], element, where, mayLack, faults);
  const always = {};
  for (const [name, value] of Object.entries(sample[0]))
    if (sample.every((one) => name in one)) always[name] = alwaysOf(sample.map((one) => one[name]));
  compare(always, element, where, mayLack, faults);
}

// Of values that stand in the same place: one that says only what holds for all of them.
function alwaysOf(values) {
  const [first] = values;
  if (values.some((value) => typeOf(value) !== typeOf(first))) return null;
  if (typeOf(first) !== 'object') return first;
  const always = {};
  for (const [name, value] of Object.entries(first))
    if (values.every((one) => name in one)) always[name] = value;
  return always;
}

// Every member of any element of the sample stands in some element of the answer.
function compareUnion(sample, actual, where, faults) {
  const pathsOf = (value, prefix) => typeOf(value) !== 'object' ? [] :
    Object.entries(value).flatMap(([name, one]) => [prefix + name, ...pathsOf(one, prefix + name + '.')]);
  const there = new Set(actual.flatMap((one) => pathsOf(one, '')));
  for (const one of new Set(sample.flatMap((part) => pathsOf(part, ''))))
    if (!there.has(one)) faults.push(`${where}.${one} is in no element`);
}

// Runs all requests. Returns [{name, status, text}] in their order.
function run(collection, key, group) {
  const answers = [];
  // A later request needs what an earlier one answered.
  itemsOf(collection).find((item) => item.name === 'Subscribe to webhook').event = [{
    listen: 'test',
    script: {exec: ['const made = pm.response.json().data;',
                    'if (made) pm.collectionVariables.set("WEBHOOK_UUID", made.uuid);']}}];
  const values = {
    API_KEY_VALUE: key, CONNECTED_NUMBER: demo.twochat.number, WHATSAPP_GROUP_UUID: group,
    WEBHOOK_NAME: 'whatsapp.message.sent', WEBHOOK_UUID: 'WHK00000000-0000-7000-8000-000000000000'};
  collection.variable = Object.entries(values).map(([name, value]) => ({key: name, value}));
  return new Promise((resolve, reject) => {
    newman.run({collection, timeout: RUN_WITHIN, timeoutRequest: REQUEST_WITHIN}, (error, summary) => {
      const [failure] = error ? [{error}] : summary.run.failures;
      if (failure) return reject(new CheckFailed(`newman: ${failure.error.message}`));
      resolve(answers);
    }).on('request', (error, {item, response}) => {
      if (!error) answers.push({name: item.name, status: response.code, text: response.text()});
    });
  });
}

function check(answers, statusOf, checkAnswer = () => []) {
  if (answers.length !== REQUESTS.length)
    throw new CheckFailed(`${answers.length} answers to ${REQUESTS.length} requests`);
  const faults = answers.flatMap(({name, status, text}, i) => {
    const expected = statusOf(REQUESTS[i]);
    return (status === expected ? checkAnswer(i, JSON.parse(text)) :
                                  [`status ${status} instead of ${expected}: ${text}`])
        .map((fault) => `${name}: ${fault}`);
  });
  if (faults.length > 0) throw new CheckFailed(faults.join('; '));
}

async function main() {
  const host = await startHost();
  const group = await setUp(host);
  const {collection, items} = load(host);
  const samples = items.map(sampleOf);
  check(await run(collection, demo.twochat.api_key, group), (row) => row.status, (i, answer) => {
    const faults = [];
    compare(samples[i], answer, '', MAY_LACK[REQUESTS[i].name] ?? [], faults);
    return faults;
  });
  check(await run(collection, '', group), () => 401);
  check(await run(collection, demo.accounts.expired.twochat_api_key, group), () => 402);
}

main().then(() => process.exit(0), (error) => {
  if (!(error instanceof CheckFailed)) {
    console.error(error);
    process.exit(1);
  }
  console.log('CHECK FAILED: ' + error.message);
  process.exit(3);
});
