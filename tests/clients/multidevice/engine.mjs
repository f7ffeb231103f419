// What a number that is paired natively with Parley and a companion by others say to each other.
import {readFileSync} from 'node:fs';
import {Gateway} from './gateway.mjs';
import {companion, person, runStories, simulator} from './running.mjs';
import {check, waitFor} from './simulator.mjs';

const gateway = new Gateway(JSON.parse(process.env.PARLEY_DEMO));
const PHOTO = readFileSync(new URL('photo.jpg', import.meta.url));
const ROUNDS = 110, AT_ONCE = 10;
const CARD = 'BEGIN:VCARD\nVERSION:3.0\nFN:Carol\nTEL;type=CELL;waid=15550100:+1 555 0100\nEND:VCARD';

// Parley's Paula, and Bob with his companion.
async function pairOf(settings, events) {
  const [paula, bob] = [await person('Paula'), await person('Bob')];
  const p = await (await gateway.channel(paula, settings, events)).pair();
  const b = await companion('B').pair(bob);
  return {paula, bob, p, b};
}

const numbered = (name, count) => Array.from({length: count}, (_, i) => `${name} ${i}`);
const corrupted = (who, direction = 'to_client') => simulator.post('/wire/faults', {
  effect: 'corrupt', direction, number: '+' + who.number, tag: 'message', count: 1});

const stories = {
  async 'talk for long, crossing'() {
    const {paula, bob, p, b} = await pairOf({}, ['messages.received']);
    // The first ones cross before either side has a session.
    await Promise.all([p.send(bob, 'p first'), b.send(paula, {text: 'b first'})]);
    await Promise.all([b.received('p first'), p.received('b first')]);
    for (let at = 0; at < ROUNDS; at += AT_ONCE) {
      const turn = numbered('', AT_ONCE).map((_, i) => at + i);
      await Promise.all(turn.flatMap(
          (i) => [p.send(bob, `p ${i}`), b.send(paula, {text: `b ${i}`})]));
    }
    const last = ROUNDS - 1;
    await Promise.all(turnsOf('p').map((text) => b.received(text)));
    await Promise.all(turnsOf('b').map((text) => p.received(text)));
    for (const text of turnsOf('p')) check(`copies of ${text}`, b.count(text), 1);
    for (const text of turnsOf('b')) check(`copies of ${text}`, p.count(text), 1);
    await Promise.all([bob.arrived(`p ${last}`), paula.arrived(`b ${last}`)]);
    function turnsOf(name) { return numbered(name, ROUNDS); }
  },

  async 'hear that it arrived and was read'() {
    const {paula, bob, p, b} = await pairOf();
    const id = await p.send(bob, 'from Parley');
    const message = await b.received('from Parley');
    check('the name', message.pushName, 'Paula');
    await p.became(id, 'delivered');
    await b.read(message);
    await p.became(id, 'read');
    await p.heard('message-receipt.update', ([{key, receipt}]) =>
        key.id === id && receipt.status === 'read');

    const key = await b.send(paula, {text: 'from Bob'});
    const received = await p.received('from Bob');
    check('the chat', received.key.remoteJid, bob.jid);
    check('the name', received.pushName, 'Bob');
    await b.status(key, 3);
    await p.api('POST', '/api/messages/read', {message_ids: [received.key.id]});
    await b.status(key, 4);
  },

  async 'react, quote, edit and delete'() {
    const {paula, bob, p, b} = await pairOf();
    const id = await p.send(bob, 'of Parley');
    const message = await b.received('of Parley');
    await b.send(paula, {react: {text: '👍', key: message.key}});
    await p.heard('messages.reaction', ([{key, reaction}]) =>
        key.id === id && reaction.text === '👍');
    await b.send(paula, {text: 'answering'}, {quoted: message});
    check('what it answers', (await p.received('answering')).quotedMessageId, id);
    await p.edit(id, 'of Parley, edited');
    await b.edited(message.key, 'of Parley, edited');
    await p.remove(id);
    await b.deleted(message.key);

    const key = await b.send(paula, {text: 'of Bob'});
    const received = await p.received('of Bob');
    await p.react(bob, received.key.id, '🎉');
    await b.find('the reaction', ({reactionMessage}) =>
        reactionMessage?.text === '🎉' && reactionMessage.key.id === key.id);
    await p.send(bob, {text: 'quoting', quoted_message_id: received.key.id});
    await b.received('quoting');
    await b.find('what it quotes', ({extendedTextMessage}) =>
        extendedTextMessage?.contextInfo?.stanzaId === key.id &&
        extendedTextMessage.contextInfo.quotedMessage?.conversation === 'of Bob');
    // An answer to what was never here is a message all the same.
    await (await person('Carol')).write(bob, 'elsewhere');
    await b.send(paula, {text: 'answering nothing'}, {quoted: await b.received('elsewhere')});
    check('what it answers', (await p.received('answering nothing')).quotedMessageId, undefined);
    await b.send(paula, {text: 'of Bob, edited', edit: key});
    await p.heard('messages.update', ([{key, update}]) => key.id === received.key.id &&
        update.message?.editedMessage.message.conversation === 'of Bob, edited');
    await b.send(paula, {delete: key});
    await p.heard('messages.delete', ({keys}) => keys[0].id === received.key.id);
  },

  async 'send places, cards and polls, and vote'() {
    const {paula, bob, p, b} = await pairOf();
    await p.send(bob, {kind: 'location', location: {latitude: 52.5, longitude: 13.4, name: 'Here'}});
    await b.find('the place', ({locationMessage}) => locationMessage?.degreesLatitude === 52.5);
    await p.send(bob, {kind: 'contact', contact: {fullName: 'Carol', phoneNumber: '+15550100'}});
    await b.find('the card', ({contactMessage}) => /FN:Carol/.test(contactMessage?.vcard));
    const poll = await p.send(bob, {kind: 'poll', poll: {
      question: 'When?', options: ['Monday', 'Friday'], multiSelect: false}});
    const seen = await b.find('the poll', (message) => pollOf(message)?.name === 'When?');
    await b.vote(seen, ['Friday']);
    await p.heard('poll.results', ({key, pollResult}) => key.id === poll &&
        pollResult.find(({name}) => name === 'Friday').voters.includes(bob.jid));

    const came = (kind, holds) => p.heard('messages.received', ({messages}) =>
        messages.message[kind] && holds(messages.message[kind]));
    await b.send(paula, {location: {degreesLatitude: 1.5, degreesLongitude: 2.5}});
    await came('locationMessage', ({degreesLatitude}) => degreesLatitude === 1.5);
    await b.send(paula, {contacts: {displayName: 'Carol', contacts: [{vcard: CARD}]}});
    await came('contactMessage', ({vcard}) => /Carol/.test(vcard));
    await b.send(paula, {poll: {name: 'Where?', values: ['Here', 'There'], selectableCount: 1}});
    await came('pollCreationMessage', ({name}) => name === 'Where?');
  },

  async 'see each other typing'() {
    const {paula, bob, p, b} = await pairOf();
    await b.watch(paula);
    await p.api('POST', '/api/send-presence-update', {to: bob.jid, presence: 'composing'});
    await waitFor('Paula typing', () => b.presences.some(({kind}) => kind === 'composing'));
    await b.show('composing', paula);
    await waitFor('Bob typing', async () => (await simulator.get(
        `${bob.path}/presence?viewer=${paula.number}`)).typing?.length > 0);
  },

  async 'get what came while they were away'() {
    const {paula, bob, p, b} = await pairOf();
    await p.send(bob, 'hello');
    await b.received('hello');
    b.stop();
    await waitFor('B being away', async () => !(await bob.devices())[0].connected);
    const sent = numbered('missed by B', 3);
    for (const text of sent) await p.send(bob, text);
    await bob.arrived(sent.at(-1));
    b.start();
    await b.opened();
    for (const text of sent) await b.received(text);
    await p.leave();
    const others = numbered('missed by P', 3);
    for (const text of others) await b.send(paula, {text});
    await paula.arrived(others.at(-1));
    await p.comeBack();
    for (const text of others) await p.received(text);
    await p.send(bob, 'both here');
    await b.received('both here');
    for (const text of sent) check(`copies of ${text}`, b.count(text), 1);
    for (const text of others) check(`copies of ${text}`, p.count(text), 1);
  },

  async 'ask again for what they cannot open'() {
    const {paula, bob, p, b} = await pairOf();
    await p.send(bob, 'hello');
    await b.received('hello');
    await b.send(paula, {text: 'hello to you'});
    await p.received('hello to you');
    const before = await simulator.wire();
    await corrupted(bob);
    await p.send(bob, 'spoilt for B');
    await b.received('spoilt for B');
    await corrupted(paula);
    await b.send(paula, {text: 'spoilt for P'});
    await p.received('spoilt for P');
    await corrupted(paula, 'from_client');
    await p.send(bob, 'spoilt for all');
    await Promise.all([b.received('spoilt for all'), bob.arrived('spoilt for all')]);
    const after = await simulator.wire();
    check('retries answered', after.retries_answered, (count) => count >= before.retries_answered + 2);
    check('retries asked', after.retries_asked, (count) => count > before.retries_asked);
    await b.send(paula, {text: 'and on'});
    await p.received('and on');
    check('copies', [b.count('spoilt for B'), p.count('spoilt for P'), b.count('spoilt for all')],
          [1, 1, 1]);
  },

  async 'write when one-time keys are used up'() {
    const [paula, bob] = [await person('Paula'), await person('Bob')];
    const [p, b] = [await (await gateway.channel(paula)).pair(), await companion('B').pair(bob)];
    const device = (await paula.devices())[0].id;
    await simulator.post(`/devices/${b.device.id}/drop-keys`);
    await p.send(bob, 'without a key');
    await b.received('without a key');
    const carol = await person('Carol');
    const c = await companion('C').pair(carol);
    await simulator.post(`/devices/${device}/drop-keys`);
    await c.send(paula, {text: 'without one, too'});
    await p.received('without one, too');
    await p.send(carol, 'thanks');
    await c.received('thanks');
  },

  async 'go on after a new phone and without a device'() {
    const {paula, bob, p, b} = await pairOf();
    await p.send(bob, 'to the old one');
    await b.received('to the old one');
    await bob.do('new-phone', {});
    await waitFor('the end of B', () => b.state === 'close');
    await p.send(bob, 'to the new phone');
    await bob.arrived('to the new phone');
    const again = await companion('B again').pair(bob);
    await p.send(bob, 'to the new device');
    await again.received('to the new device');
    await again.send(paula, {text: 'from it'});
    await p.received('from it');
    await simulator.remove(`${bob.path}/devices/${again.device.id}`);
    await waitFor('the end of B again', () => again.state === 'close');
    await p.send(bob, 'to the phone alone');
    await bob.arrived('to the phone alone');
    // And the other way round.
    const c = await companion('C').pair(bob);
    await c.send(paula, {text: 'to Parley'});
    await p.received('to Parley');
    await simulator.remove(`${paula.path}/devices/${(await paula.devices())[0].id}`);
    await p.state('logged_out');
    await c.send(paula, {text: 'to her phone'});
    await paula.arrived('to her phone');
  },

  async 'share a number, each with what the other sends'() {
    const {paula, bob, p, b} = await pairOf();
    const own = await companion('Own').pair(paula);
    await p.send(bob, 'by Parley');
    await b.received('by Parley');
    const copy = await own.received('by Parley');
    check('the copy', [copy.key.fromMe, copy.key.remoteJid], [true, bob.jid]);
    await own.send(bob, {text: 'by the companion'});
    await b.received('by the companion');
    const {data} = await p.heard('messages.upsert', ({messages}) =>
        [messages].flat()[0].messageBody === 'by the companion');
    const {key} = [data.messages].flat()[0];
    check('the other copy', [key.fromMe, key.remoteJid], [true, bob.jid]);
    await b.send(paula, {text: 'to both'});
    await Promise.all([p.received('to both'), own.received('to both')]);
  },

  async 'see each other\'s pictures'() {
    const {paula, bob, p, b} = await pairOf({}, ['contacts.update']);
    const shown = async () =>
        (await p.api('GET', `/api/contacts/${bob.jid}/picture`)).imgUrl;
    check('no picture', await shown(), null);
    await paula.knows(bob);
    await bob.knows(paula);
    await b.setPicture(PHOTO);
    await p.heard('contacts.update', ([{id}]) => id === bob.jid);
    // Baileys makes another file of it.
    const there = await (await fetch((await simulator.get(bob.path)).picture)).arrayBuffer();
    const here = await (await fetch(await shown())).arrayBuffer();
    check('the bytes', Buffer.from(here).equals(Buffer.from(there)), true);
    // The picture that Parley sets is the one that it was given.
    const {picture: url} = await simulator.get(bob.path);
    await p.change({url});
    await waitFor('the news of the picture', () => b.pictures.some(
        ({who, removed}) => who === paula.jid && !removed));
    const found = await (await fetch((await b.picture(paula)).url)).arrayBuffer();
    check('the bytes', Buffer.from(found).equals(Buffer.from(there)), true);
  },

  async 'are called, and reject'() {
    const {paula, bob, p} = await pairOf({auto_reject_calls: true});
    await bob.do('calls', {to: '+' + paula.number});
    await p.heard('call', ({call}) => call.status === 'offer' && call.from === bob.jid);
    await waitFor('the call being rejected',
        async () => (await simulator.get(`${bob.path}/calls`)).calls[0].status === 'rejected');
  },

  async 'pair by code'() {
    const [paula, bob] = [await person('Paula'), await person('Bob')];
    const p = await (await gateway.channel(paula)).pairByCode();
    const b = await companion('B').pair(bob);
    await p.send(bob, 'by code');
    await b.received('by code');
    await b.send(paula, {text: 'works'});
    await p.received('works');
  },
};

function pollOf(message) {
  return message.pollCreationMessage ?? message.pollCreationMessageV2 ?? message.pollCreationMessageV3;
}

await runStories(stories, () => gateway.end());
