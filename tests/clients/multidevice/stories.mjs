// What companions do with each other and with people on their phones, story by story.
import {readFileSync} from 'node:fs';
import {check, waitFor} from './simulator.mjs';
import {companion, mode, person, runStories, simulator} from './running.mjs';

const PHOTO = readFileSync(new URL('photo.jpg', import.meta.url));
const cutAt = (text) => text.slice(0, text.indexOf(':'));

const stories = {
  async 'pairs by QR code and logs in'() {
    const alice = await person('Alice');
    const a = await companion('A').pair(alice);
    check('its JID', cutAt(a.own.id), alice.number);
    check('its LID', a.own.lid, (lid) => /^\d+:\d+@lid$/.test(lid));
    const devices = await alice.devices();
    check('the devices', devices.map(({id, connected}) => [id, connected]), [[a.device.id, true]]);
    // The history came, with names.
    await waitFor('the history', () => a.history.length > 0);
  },

  async 'writes to a person and is written to'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pair(alice);
    for (let i = 0; i < 5; ++i) {
      await a.send(bob, {text: `out ${i}`});
      const row = await bob.arrived(`out ${i}`);
      check('the sender', row.from, '+' + alice.number);
      await bob.write(alice, `in ${i}`);
      const message = await a.received(`in ${i}`);
      check('the chat', message.key.remoteJid, bob.jid);
      check('the name', message.pushName, 'Bob');
    }
    // What is typed on the own phone shows on the companion.
    await alice.write(bob, 'from my phone');
    const own = await a.received('from my phone');
    check('the copy', [own.key.fromMe, own.key.remoteJid], [true, bob.jid]);
    // Everything acknowledged, once.
    await waitFor('all being acknowledged', async () => (await alice.devices())[0].queued === 0);
    check('copies', a.messages.filter(({message}) => message?.conversation === 'in 3').length, 1);
  },

  async 'learns what became of its messages, and tells'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pair(alice);
    const key = await a.send(bob, {text: 'read me'});
    const row = await bob.arrived('read me');
    await a.status(key, 3);
    await bob.do('read', {up_to: row.seq});
    await a.status(key, 4);
    const {id} = await bob.write(alice, 'and me');
    const message = await a.received('and me');
    const status = async () => (await simulator.get('/messages/' + id)).messages[0].status;
    check('not read yet', await status(), 'delivered');
    await a.read(message);
    await waitFor('the message being read',
        async () => await status() === 'read');
  },

  async 'writes with another companion, crossing'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const [a, b] = [await companion('A').pair(alice), await companion('B').pair(bob)];
    // whatsmeow uses a message key twice when it sends while it receives, and takes what another
    // whatsmeow sealed so for an old message: two of it take turns.
    const both = async (first, second) => {
      const sent = first();
      if (mode === 'whatsmeow') await sent;
      await Promise.all([sent, second()]);
    };
    for (const i of ['first', ...Array(20).keys()]) {
      await both(() => a.send(bob, {text: `a ${i}`}).then(() => b.received(`a ${i}`)),
                 () => b.send(alice, {text: `b ${i}`}).then(() => a.received(`b ${i}`)));
    }
    for (let i = 0; i < 20; ++i) {
      check(`a ${i}`, b.count(`a ${i}`), 1);
      check(`b ${i}`, a.count(`b ${i}`), 1);
    }
    await bob.arrived('a 19');
    // Sealed by the companion itself, not by a phone.
    const c = await companion('C').pair(alice);
    await b.send(alice, {text: 'to three'});
    await Promise.all([a.received('to three'), c.received('to three'), alice.arrived('to three')]);
    await c.send(bob, {text: 'from the second'});
    await Promise.all([b.received('from the second'), bob.arrived('from the second')]);
    const copy = await a.received('from the second');
    check('the own copy', [copy.key.fromMe, copy.key.remoteJid], [true, bob.jid]);
  },

  async 'pairs by code'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pairByCode(alice);
    await a.send(bob, {text: 'by code'});
    await bob.arrived('by code');
    await bob.write(alice, 'works');
    await a.received('works');
  },

  async 'is unlinked when the code was another one'() {
    const alice = await person('Alice');
    const a = companion('A').start();
    await waitFor('a QR code', () => a.qr);
    const code = await a.requestCode(alice);
    const other = (code[0] === 'A' ? 'B' : 'A') + code.slice(1);
    const before = (await simulator.wire()).pairings_failed;
    await waitFor('the code being on offer', () => alice.enterCode(other).catch((error) => {
      if (error.message.includes('404')) return false;
      throw error;
    }));
    await waitFor('the failure', async () => (await simulator.wire()).pairings_failed > before);
    check('the devices', await alice.devices(), []);
    a.stop();
  },

  async 'gets what came while it was away'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const [a, b] = [await companion('A').pair(alice), await companion('B').pair(bob)];
    await a.send(bob, {text: 'hello'});
    await b.received('hello');
    b.stop();
    await waitFor('B being away', async () => !(await bob.devices())[0].connected);
    for (let i = 0; i < 3; ++i) await a.send(bob, {text: `away ${i}`});
    await alice.write(bob, 'typed meanwhile');
    await bob.arrived('typed meanwhile');
    b.start();
    await b.opened();
    for (const text of ['away 0', 'away 1', 'away 2', 'typed meanwhile']) await b.received(text);
    await b.send(alice, {text: 'back'});
    await a.received('back');
    for (const text of ['away 0', 'away 1', 'away 2', 'typed meanwhile'])
      check(text, b.count(text), 1);
  },

  async 'asks again for what it cannot open'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const [a, b] = [await companion('A').pair(alice), await companion('B').pair(bob)];
    await a.send(bob, {text: 'hello'});
    await b.received('hello');
    const before = await simulator.wire();
    const rule = {effect: 'corrupt', number: '+' + bob.number, tag: 'message', count: 1};
    // Sealed by a companion, sealed by a phone, and sealed for a phone.
    await simulator.post('/wire/faults', rule);
    await a.send(bob, {text: 'spoilt by A'});
    await b.received('spoilt by A');
    await simulator.post('/wire/faults', rule);
    await alice.write(bob, 'spoilt by a phone');
    await b.received('spoilt by a phone');
    await simulator.post('/wire/faults', {
      effect: 'corrupt', direction: 'from_client', number: '+' + alice.number, tag: 'message',
      count: 1,
    });
    await a.send(bob, {text: 'spoilt for phones'});
    await bob.arrived('spoilt for phones');
    await b.received('spoilt for phones');
    const after = await simulator.wire();
    check('retries answered', after.retries_answered, (count) => count >= before.retries_answered + 2);
    check('retries asked', after.retries_asked, (count) => count > before.retries_asked);
    check('rows', (await bob.inbox()).filter(({text}) => text === 'spoilt for phones').length, 1);
  },

  async 'is written to when its one-time keys are used up'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const b = await companion('B').pair(bob);
    await simulator.post(`/devices/${b.device.id}/drop-keys`);
    const a = await companion('A').pair(alice);
    await a.send(bob, {text: 'without a key'});
    await b.received('without a key');
    await b.send(alice, {text: 'thanks'});
    await a.received('thanks');
  },

  async 'hears that it was logged out, or replaced'() {
    const alice = await person('Alice');
    const a = await companion('A').pair(alice);
    await simulator.remove(`${alice.path}/devices/${a.device.id}`);
    await waitFor('the end', () => a.state === 'close');
    check('why', a.closed.at(-1), 401);
    if (!a.forgets) {
      a.start();
      await waitFor('the refusal', () => a.closed.length === 3);
      check('why again', a.closed.at(-1), 401);
    }

    const b = await companion('B').pair(alice);
    const twin = b.twin('B again').start();
    await twin.opened();
    await waitFor('the other being replaced', () => b.state === 'close');
    check('why', b.closed.at(-1), 440);
  },

  async 'lives with what goes wrong'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const of = {number: '+' + alice.number};
    const a = await simulator.withFault(
        {effect: 'refuse', direction: 'from_client', xmlns: 'abt', ...of},
        () => companion('A').pair(alice));
    await simulator.withFault({effect: 'compress', ...of}, async () => {
      await bob.write(alice, 'compressed');
      await a.received('compressed');
    });
    await simulator.withFault({effect: 'duplicate', tag: 'message', count: 1, ...of}, async () => {
      await bob.write(alice, 'twice');
      await a.received('twice');
      await bob.write(alice, 'after it');
      await a.received('after it');
      check('copies', a.count('twice'), 1);
    });
    await simulator.withFault({effect: 'reorder', tag: 'message', count: 1, ...of}, async () => {
      await bob.write(alice, 'overtaken');
      await bob.write(alice, 'overtaking');
      await Promise.all([a.received('overtaken'), a.received('overtaking')]);
    });
    // Lost on the way: it comes again with the next connection.
    await simulator.withFault({effect: 'drop', tag: 'message', count: 1, ...of}, async () => {
      await bob.write(alice, 'lost');
      await waitFor('the loss', async () => (await simulator.get('/wire/faults')).faults.length === 0);
    });
    await simulator.withFault({effect: 'stream_error', code: 503, tag: 'message', count: 1, ...of},
        async () => {
          await bob.write(alice, 'meets an error');
          await waitFor('the error', () => a.state === 'close');
          check('why', a.closed.at(-1), 503);
        });
    a.start();
    await a.opened();
    await Promise.all([a.received('lost'), a.received('meets an error')]);
  },

  async 'reacts, edits, deletes, votes, and says where it is'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const [a, b] = [await companion('A').pair(alice), await companion('B').pair(bob)];
    const key = await a.send(bob, {text: 'first'});
    await b.received('first');
    const row = await bob.arrived('first');
    await b.send(alice, {react: {text: '👍', key: b.messages.at(-1).key}});
    await a.find('the reaction', (message) => message.reactionMessage?.text === '👍');
    await a.send(bob, {text: 'second', edit: key});
    const marked = async (holds) => waitFor('the mark', async () => {
      const found = (await bob.inbox()).find(({id}) => id === key.id);
      return found?.marks && holds(found.marks);
    });
    await marked(({edited, reactions}) => edited === 'second' && reactions?.[0]?.emoji === '👍');
    await a.send(bob, {text: 'answering'}, {quoted: a.messages[0] ?? {key, message: {conversation: 'first'}}});
    const answer = await bob.arrived('answering');
    check('what it answers', answer.quoted, (quoted) => typeof quoted === 'string' && quoted !== '');
    await a.send(bob, {delete: key});
    await marked(({deleted}) => deleted === true);

    await a.send(bob, {location: {degreesLatitude: 52.5, degreesLongitude: 13.4, name: 'Here'}});
    await waitFor('the place', async () => (await bob.inbox()).some(({kind}) => kind === 'location'));
    await a.send(bob, {contacts: {displayName: 'Carol', contacts: [
      {vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Carol\nTEL;type=CELL;waid=15550100:+1 555 0100\nEND:VCARD'},
    ]}});
    await waitFor('the card', async () => (await bob.inbox()).some(({kind}) => kind === 'contacts'));

    const poll = await a.send(bob, {poll: {name: 'When?', values: ['Monday', 'Friday'], selectableCount: 1}});
    await waitFor('the poll', async () => (await bob.inbox()).some(({id}) => id === poll.id));
    await bob.do('vote', {message: poll.id, options: ['Friday']});
    await a.find('the vote', (message) => message.pollUpdateMessage);
    // And from phones.
    await bob.write(alice, '', {kind: 'location', location: {latitude: 1, longitude: 2}});
    await a.find('the place', ({locationMessage}) => locationMessage?.degreesLatitude === 1);
    void row;
  },

  async 'sees who is there and who types'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pair(alice);
    await a.watch(bob);
    await bob.do('presence', {presence: 'available'});
    const heard = (kind) => waitFor(`${kind} of Bob`, () => a.presences.some((one) => one.who === bob.jid && one.kind === kind));
    await heard('available');
    await bob.do('presence', {presence: 'composing', to: '+' + alice.number});
    await heard('composing');
    await a.show('composing', bob);
    await waitFor('Alice typing', async () => (await simulator.get(
        `${alice.path}/presence?viewer=${bob.number}`)).typing?.length > 0);
  },

  async 'sees pictures, and that they change'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    await alice.knows(bob);
    const a = await companion('A').pair(alice);
    const told = (removed, count) => waitFor('the news of the picture', () => a.pictures.filter(
        (one) => one.who === bob.jid && one.removed === removed).length === count);
    check('no picture', await a.picture(bob), {error: 404});
    await bob.change({picture: PHOTO.toString('base64')});
    await told(false, 1);
    const {url} = await a.picture(bob);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    check('the bytes', bytes.equals(PHOTO), true);
    await bob.change({picture_hidden: true});
    check('a hidden picture', await a.picture(bob), {error: 401});
    await bob.change({picture: ''});
    await told(true, 1);
    await a.setPicture(PHOTO);
    await waitFor('the own picture', async () => (await simulator.get(alice.path)).picture);
  },

  async 'is called, and rejects'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pair(alice);
    const call = await bob.do('calls', {to: '+' + alice.number, video: true});
    const rings = await waitFor('the call', () => a.calls.find(({status}) => status === 'offer'));
    check('the call', [rings.id, rings.from, rings.video], [call.id, bob.jid, true]);
    await a.rejectCall(rings);
    await waitFor('the call being rejected', async () => (await simulator.get(
        `${bob.path}/calls`)).calls[0].status === 'rejected');
  },

  async 'goes on when somebody has a new phone'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pair(alice);
    await a.send(bob, {text: 'to the old one'});
    await bob.arrived('to the old one');
    await bob.do('new-phone', {});
    await a.send(bob, {text: 'to the new one'});
    await bob.arrived('to the new one');
    await bob.write(alice, 'from the new one');
    await a.received('from the new one');
  },

  async 'knows who is on the network'() {
    const [alice, bob] = [await person('Alice'), await person('Bob')];
    const a = await companion('A').pair(alice);
    check('who', await a.lookUp(bob.number, '15559999999'), [[bob.jid, true]]);
    await a.block(bob);
    check('the blocks', await a.blocked(), [bob.jid]);
  },
};

await runStories(stories);
