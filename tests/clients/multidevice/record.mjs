// Prints which parts the stanzas have that a companion sends, for tests/vectors/wire/shapes.json:
// names of tags and attributes, by path, and numbers of fields of the handshake's payload; nothing of
// what is in them.
//
//   multidevice_test.py BINARY WORK_FOLDER stock record
//   multidevice_test.py BINARY WORK_FOLDER whatsmeow record
import {readFileSync} from 'node:fs';
import {companion, person, say, simulator, trust} from './running.mjs';
import {waitFor} from './simulator.mjs';

// The text in which both clients log stanzas.
function parse(xml) {
  const root = {children: []};
  const stack = [root];
  const tokens = /<(\/?)([\w:-]+)((?:\s+[\w:-]+=(?:'[^']*'|"[^"]*"))*)\s*(\/?)>/g;
  for (const [, closes, tag, attributes, empty] of xml.matchAll(tokens)) {
    if (closes) {
      stack.pop();
      continue;
    }
    const node = {tag, attributes: {}, children: []};
    for (const [, name, single, double] of attributes.matchAll(/([\w:-]+)=(?:'([^']*)'|"([^"]*)")/g))
      node.attributes[name] = single ?? double;
    stack.at(-1).children.push(node);
    if (!empty) stack.push(node);
  }
  return root.children[0];
}

function pathsOf(node, before = '') {
  const here = before + node.tag;
  return [here, ...Object.keys(node.attributes).map((name) => `${here}@${name}`),
    ...node.children.flatMap((child) => pathsOf(child, here + '/'))];
}

// What it is for. Kept in step with tests/support/shapes.h.
function nameOf({tag, attributes, children}) {
  const child = children[0]?.tag ?? '';
  switch (tag) {
    case 'iq': return ['iq', attributes.type, attributes.xmlns, child,
      children[0]?.attributes.stage].filter(Boolean).join(' ');
    case 'message': return ['message', attributes.category ?? attributes.type,
      attributes.edit && 'edit ' + attributes.edit,
      attributes.device_fanout && 'again'].filter(Boolean).join(' ');
    case 'receipt': return ['receipt', attributes.type ?? 'delivered'].join(' ');
    case 'ack': return ['ack', attributes.class].join(' ');
    case 'presence': return ['presence', attributes.type].join(' ');
    default: return [tag, child].join(' ');
  }
}

const CARD = 'BEGIN:VCARD\nVERSION:3.0\nFN:Carol\nTEL;type=CELL;waid=15550100:+1 555 0100\nEND:VCARD';
const seen = {};
function note(xml) {
  const stanza = parse(xml);
  const paths = [...new Set(pathsOf(stanza))];
  const kept = seen[nameOf(stanza)] ??= {always: paths, sometimes: []};
  const missing = kept.always.filter((path) => !paths.includes(path));
  kept.always = kept.always.filter((path) => paths.includes(path));
  kept.sometimes = [...new Set([...kept.sometimes, ...missing, ...paths])]
      .filter((path) => !kept.always.includes(path));
}

// The handshake's payload, by the numbers of its fields. Those that are messages themselves:
const MESSAGES = ['5', '5/2', '6', '19', '19/8', '19/8/2', '19/8/5'].map((path) => 'payload/' + path);
function notePayload(what, bytes) {
  const paths = new Set(['payload']);
  const walk = (data, before) => {
    let at = 0;
    const varint = () => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = data[at++];
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return Number(value);
      }
    };
    while (at < data.length) {
      const tag = varint();
      const here = `${before}/${Math.floor(tag / 8)}`;
      paths.add(here);
      if (tag % 8 === 0) varint();
      else if (tag % 8 === 1) at += 8;
      else if (tag % 8 === 5) at += 4;
      else {
        const size = varint();
        if (MESSAGES.includes(here)) walk(data.subarray(at, at + size), here);
        at += size;
      }
    }
  };
  walk(bytes, 'payload');
  seen['payload ' + what] = {always: [...paths], sometimes: []};
}

const logger = {level: 'trace', child: () => logger};
for (const name of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
  logger[name] = ({xml, msg} = {}) => { if (msg === 'xml send') note(xml); };

trust();
const options = {logger, onSent: note, fireInitQueries: true};
const [alice, bob] = [await person('Alice'), await person('Bob')];
const a = companion('A', options);
notePayload('registration', await a.payload());
await a.pair(alice);
notePayload('login', await a.payload());
const b = await companion('B', options).pair(bob);
await Promise.all([a.send(bob, {text: 'a first'}), b.send(alice, {text: 'b first'})]);
await Promise.all([b.received('a first'), a.received('b first')]);
const key = await a.send(bob, {text: 'first'});
const first = await b.received('first');
await b.read(first);
await b.send(alice, {react: {text: '👍', key: first.key}});
await a.find('the reaction', (message) => message.reactionMessage);
await b.send(alice, {text: 'quoting'}, {quoted: first});
await a.received('quoting');
await a.send(bob, {text: 'edited', edit: key});
await b.edited(key, 'edited');
await a.send(bob, {delete: key});
await b.deleted(key);
await a.send(bob, {location: {degreesLatitude: 1, degreesLongitude: 2, name: 'Here'}});
await b.find('the place', (message) => message.locationMessage);
await a.send(bob, {contacts: {displayName: 'Carol', contacts: [{vcard: CARD}]}});
await b.find('the card', (message) => message.contactMessage);
await a.send(bob, {poll: {name: 'When?', values: ['Monday', 'Friday'], selectableCount: 1}});
const poll = await b.find('the poll', (message) => (message.pollCreationMessage ??
    message.pollCreationMessageV2 ?? message.pollCreationMessageV3)?.name);
await b.vote(poll, ['Friday']);
await a.find('the vote', (message) => message.pollUpdateMessage);
for (const number of [alice.number, bob.number]) {
  await simulator.post('/wire/faults', {effect: 'corrupt', number: '+' + number, tag: 'message', count: 1});
}
await Promise.all([a.send(bob, {text: 'spoilt'}), b.send(alice, {text: 'spoilt, too'})]);
await Promise.all([b.received('spoilt'), a.received('spoilt, too')]);
await a.watch(bob);
await a.show('composing', bob);
await a.show('paused', bob);
await a.lookUp(bob.number);
await alice.do('calls', {to: '+' + bob.number});
await b.rejectCall(await waitFor('the call', () => b.calls.find(({status}) => status === 'offer')));
b.stop();
await waitFor('B being away', async () => !(await bob.devices())[0].connected);
b.start();
await b.opened();
await a.send(bob, {text: 'again'});
await b.received('again');
await a.block(bob);
await a.blocked();
await a.picture(bob);
await a.setPicture(readFileSync(new URL('photo.jpg', import.meta.url)));
await a.setAbout('Out');
await a.about(bob);
const c = await companion('C', options).pairByCode(bob);
await c.logOut();
for (const one of Object.values(seen)) {
  one.always.sort();
  one.sometimes.sort();
}
say(JSON.stringify(Object.fromEntries(Object.entries(seen).sort()), null, 1));
process.exit(0);
