// Wapio through npm wasenderapi, every operation that it has, in envelope mode. Exit code 0, or 3
// when a check failed or the SDK refused an answer.
'use strict';

const crypto = require('node:crypto');
const http = require('node:http');
const {createWasender, dispatchWebhookEvent, WasenderAPIError, WasenderWebhookEventType} =
    require('wasenderapi');

const {CheckFailed, check, waitFor} = require('./checking.cjs');

const demo = JSON.parse(process.env.PARLEY_CLIENT);

// What the SDK throws; nothing else will do.
async function refusalOf(call) {
  try {
    await call;
  } catch (error) {
    if (error instanceof WasenderAPIError) return error;
    throw error;
  }
  throw new CheckFailed('a wrong call was accepted');
}

const PICTURE = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
    'base64');

const FILES = {
  '/pixel.png': ['image/png', PICTURE],
  '/notes.txt': ['text/plain', 'A plain text file.\n'],
  '/video.mp4': ['video/mp4', Buffer.from('0000001866747970697361360000020069736f6d69736f32', 'hex')],
  '/audio.mp3': ['audio/mpeg', Buffer.from('fffb9064' + '0'.repeat(40), 'hex')],
  '/sticker.webp': ['image/webp', Buffer.from(
      '524946461a000000574542505650384c0d0000002f0000001007100000000000', 'hex')],
};

// Serves the media that is sent, and receives webhooks.
function startReceiver() {
  const deliveries = [];
  const server = http.createServer((request, response) => {
    if (request.method === 'GET') {
      const [type, bytes] = FILES[request.url];
      response.setHeader('Content-Type', type);
      return response.end(bytes);
    }
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      deliveries.push({...JSON.parse(body), received: {body, headers: request.headers}});
      response.end();
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    resolve({deliveries, server, url: `http://127.0.0.1:${server.address().port}`});
  }));
}

async function sim(method, target, body) {
  const answer = await fetch(demo.sim_url + target, {
    method, headers: {'Content-Type': 'application/json'}, body: body && JSON.stringify(body)});
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

async function inboxOf(number) {
  return (await sim('GET', `/people/${number}/inbox?limit=1000`)).messages;
}

const jidOf = (number) => number.replace('+', '') + '@s.whatsapp.net';

async function checkSending(session, receiver) {
  const to = demo.people[0].number;
  const jid = to.replace('+', '') + '@s.whatsapp.net';
  const text = await session.sendText({to, text: 'From the SDK, ünïcödé'});
  check('success', text.response.success, true);
  check('msgId', text.response.data.msgId, (id) => /^bps_msg_[0-9a-f]{32}$/.test(id));
  check('jid', text.response.data.jid, jid);
  check('status', text.response.data.status, 'queued');

  const image = await session.sendImage(
      {to, imageUrl: receiver.url + '/pixel.png', text: 'A caption'});
  check('msgId of the image', image.response.data.msgId,
        (id) => id.startsWith('bps_msg_') && id !== text.response.data.msgId);
  const document = await session.sendDocument(
      {to, documentUrl: receiver.url + '/notes.txt', fileName: 'notes.txt', text: 'Notes'});
  check('status of the document', document.response.data.status, 'queued');

  const arrived = await waitFor('three messages', async () => {
    const inbox = await inboxOf(to);
    return inbox.length >= 3 && inbox;
  });
  check('kinds at the phone', arrived.map((m) => m.kind), ['text', 'image', 'document']);
  check('texts at the phone', arrived.map((m) => m.text),
        ['From the SDK, ünïcödé', 'A caption', 'Notes']);

  const event = await waitFor(
      'message.sent', () => receiver.deliveries.map(dispatchWebhookEvent)
                                .find((e) => e.data?.key?.id === text.response.data.msgId));
  check('event', event.event, 'message.sent');
  check('messageBody', event.data.messageBody, 'From the SDK, ünïcödé');
  check('remoteJid', event.data.key.remoteJid, jid);
}

// The other kinds, and what can be done with a message afterwards.
async function checkOtherMessages(session, receiver) {
  const to = demo.people[1].number, jid = jidOf(to);
  const sends = [
    ['video', session.sendVideo({to, videoUrl: receiver.url + '/video.mp4', text: 'A film'})],
    ['audio', session.sendAudio({to, audioUrl: receiver.url + '/audio.mp3'})],
    ['sticker', session.sendSticker({to, stickerUrl: receiver.url + '/sticker.webp'})],
    ['contacts', session.sendContact({to, contact: {name: 'Carla', phone: '+15550102'}})],
    ['location', session.sendLocation(
        {to, location: {latitude: 33.5731, longitude: -7.5898, name: 'Casablanca'}})],
    ['text', session.sendQuotedMessage({to, text: 'Quotes nothing'})],
    ['text', session.send({to, messageType: 'text', text: 'By the general one'})],
  ];
  for (const [kind, sent] of sends) {
    const {response} = await sent;
    check(`jid of ${kind}`, response.data.jid, jid);
  }
  const arrived = await waitFor('the other kinds', async () => {
    const inbox = await inboxOf(to);
    return inbox.length >= sends.length && inbox;
  });
  check('kinds', arrived.map((one) => one.kind).sort(), sends.map(([kind]) => kind).sort());

  // The SDK wants numbers as ids, which its own product has and Wapio has not: it refuses these
  // before it asks anybody. So the same paths over its transport.
  const {response} = await session.sendText({to, text: 'To be changed'});
  const id = response.data.msgId;
  for (const call of [() => session.editMessage(id, 'x'), () => session.deleteMessage(id),
                      () => session.getMessageInfo(id)])
    check('the refusal of an id', (await refusalOf(call())).apiMessage,
          'msgId must be a positive integer.');
  const info = await session.request('GET', `/messages/${id}/info`);
  check('message_id', info.response.data.message_id, id);
  const mine = async () => (await inboxOf(to)).find((one) => one.text === 'To be changed');
  const edited = await session.request('PUT', `/messages/${id}`, {text: 'Changed'});
  check('the message edited', edited.response.data.msgId, id);
  await waitFor('the edit', async () => (await mine())?.marks?.edited === 'Changed');
  check('deleted before it was asked for', (await mine()).marks.deleted ?? false, false);
  await session.request('DELETE', `/messages/${id}`);
  await waitFor('the deletion', async () => (await mine()).marks.deleted);
}

async function checkMedia(session, receiver) {
  const to = demo.people[2].number;
  const {response: stored} = await session.uploadMediaFile(
      {base64: 'data:image/png;base64,' + PICTURE.toString('base64'), mimetype: 'image/png'});
  check('publicUrl', stored.data.publicUrl, (url) => /^http/.test(url));
  await session.sendImage({to, imageUrl: stored.data.publicUrl});
  await waitFor('the picture', async () => (await inboxOf(to)).some((one) => one.kind === 'image'));
  // Its other mode sends no body at all.
  check('status of an upload without a body',
        (await refusalOf(session.uploadMediaFile(new FormData(), true))).statusCode, 422);

  await sim('POST', `/people/${to}/send`, {
    to: demo.twochat.number, kind: 'image', text: 'For you',
    media: {data: PICTURE.toString('base64'), mime_type: 'image/png'}});
  const event = await waitFor('the picture of somebody', () => receiver.deliveries.find(
      (one) => one.event === 'messages.received' && one.data.messages.messageBody === 'For you'));
  const {response: decrypted} = await session.decryptMediaFile(event.data);
  check('publicUrl of the picture', decrypted.data.publicUrl, (url) => /^http/.test(url));
  const bytes = await (await fetch(decrypted.data.publicUrl)).arrayBuffer();
  check('the bytes', Buffer.from(bytes).equals(PICTURE), true);
}

async function checkPeople(session) {
  const number = demo.people[0].number, jid = jidOf(number);
  await session.sendPresenceUpdate(jid, 'composing', 1000);
  await waitFor('the typing', async () => {
    const seen = await sim('GET', `/people/${demo.twochat.number}/presence?viewer=${number.replace('+', '')}`);
    return seen.typing.some((one) => one.kind === 'composing');
  });
  const {response: there} = await session.checkIfOnWhatsapp(number);
  check('somebody', there.data, {exists: true, jid});
  const {response: nobody} = await session.checkIfOnWhatsapp('+15550998');
  check('nobody', nobody.data, {exists: false, jid: null});

  await sim('PUT', `/people/${demo.twochat.number}/contacts/${number}`, {name: 'Ana of the shop'});
  const saved = await waitFor('the contact', async () => {
    const {response: list} = await session.getContacts();
    return list.data.find((one) => one.id === jid);
  });
  check('her name in the list', saved.name, 'Ana of the shop');
  const {response: contact} = await session.getContactInfo(jid);
  check('notify', contact.data.notify, demo.people[0].name);
  await sim('PATCH', `/people/${number}`, {picture: PICTURE.toString('base64')});
  const {response: picture} = await session.getContactProfilePicture(jid);
  check('imgUrl', picture.data.imgUrl, (url) => /^http/.test(url));
  const {response: blocked} = await session.blockContact(jid);
  check('blocking', blocked.data.message, 'Contact blocked');
  const {response: unblocked} = await session.unblockContact(jid);
  check('unblocking', unblocked.data.message, 'Contact unblocked');
}

// Every operation on groups, with one that the session makes, leaves and comes back to.
async function checkGroups(session) {
  const [ann, bob] = demo.people.map((person) => person.number.replace('+', '') + '@s.whatsapp.net');
  const {response: made} = await session.createGroup('From the SDK', [demo.people[0].number]);
  const jid = made.data.group_jid;
  check('group_jid', jid, (id) => /^[0-9]{18}@g\.us$/.test(id));
  const {response: list} = await session.getGroups();
  check('its name in the list', list.data.find((group) => group.id === jid)?.name, 'From the SDK');
  const {response: metadata} = await session.getGroupMetadata(jid);
  check('subject', metadata.data.subject, 'From the SDK');
  check('size', metadata.data.size, 2);

  const {response: added} = await session.addGroupParticipants(jid, [demo.people[1].number]);
  check('adding', added.data, [{status: 200, id: bob, message: 'added'}]);
  const {response: promoted} = await session.updateGroupParticipants(jid, 'promote', [ann]);
  check('promoting', promoted.data, [{status: 200, id: ann, message: 'promoted'}]);
  const {response: people} = await session.getGroupParticipants(jid);
  check('roles', people.data.map((one) => one.admin), ['superadmin', 'admin', null]);
  const {response: removed} = await session.removeGroupParticipants(jid, [bob, bob]);
  check('removing', removed.data.map((one) => one.status), [200, 200]);

  const {response: changed} =
      await session.updateGroupSettings(jid, {subject: 'Renamed', announce: true});
  check('settings', changed.data, {subject: 'Renamed', announce: true});
  const {response: picture} = await session.getGroupProfilePicture(jid);
  check('imgUrl', picture.data.imgUrl, null);
  const {response: named} = await session.sendMessageWithMentions(jid, 'Hello @15550100', [ann]);
  check('jid of a message with mentions', named.data.jid, jid);
  const sent = await session.sendText({to: jid, text: 'Hello group'});
  check('jid of a message to it', sent.response.data.jid, jid);
  await waitFor('the message to the group', async () => (await inboxOf(demo.people[0].number))
                                                           .find((m) => m.text === 'Hello group'));

  const {response: invite} = await session.getGroupInviteLink(jid);
  const code = invite.data.inviteLink.replace('https://chat.whatsapp.com/', '');
  const {response: info} = await session.getGroupInviteInfo(code);
  check('id behind the code', info.data.id, jid);
  await session.leaveGroup(jid);
  const gone = await refusalOf(session.getGroupMetadata(jid));
  check('status of a group that was left', gone.statusCode, 404);
  const {response: joined} = await session.acceptGroupInvite(code);
  check('the group joined', joined.data.group_jid, jid);
}

async function checkSessions(account) {
  const {response: list} = await account.getAllWhatsAppSessions();
  const ours = list.data.data.find((s) => s.session_id === demo.wapio.session_id);
  check('status in the list', ours?.status, 'connected');
  const {response: details} = await account.getWhatsAppSessionDetails(demo.wapio.session_id);
  check('phone_number', details.data.phone_number, demo.twochat.number);

  const number = '+15550300';
  await sim('POST', '/people', {number, name: 'Second'});
  const {response: made} = await account.createWhatsAppSession(
      {name: 'Second', phone_number: number, account_protection: true, log_messages: true});
  const id = made.data.session.session_id;
  check('status of a new session', made.data.session.status, 'pending');
  check('label', made.data.session.label, 'Second');
  check('its key', made.data.session_api_key.raw, (key) => /^bps_sk_/.test(key));
  const {response: switches} = await account.request('GET', `/whatsapp-sessions/${id}/settings`);
  check('account_protection', switches.data.session_settings.account_protection, true);
  const {response: renamed} = await account.updateWhatsAppSession(id, {name: 'Renamed'});
  check('its new label', renamed.data.label, 'Renamed');
  const {response: connecting} = await account.connectWhatsAppSession(id, true);
  check('status of connecting', connecting.data.status, 'connecting');
  const {response: qr} = await account.getWhatsAppSessionQRCode(id);
  check('qr', qr.data.qr, (text) => /^data:image.png;base64,/.test(text));
  check('qrCode of connecting', connecting.data.qrCode, qr.data.qrCode);
  await sim('POST', `/people/${number}/scan`, {qr: qr.data.qrCode});
  await waitFor('the connection', async () =>
    (await account.getWhatsAppSessionDetails(id)).response.data.status === 'connected');
  const own = createWasender(made.data.session_api_key.raw, undefined, demo.base_url + '/api');
  check('status', (await own.getSessionStatus()).response.status, 'connected');
  const {response: disconnected} = await account.disconnectWhatsAppSession(id);
  check('status', disconnected.data.status, 'disconnected');
  check('status', (await own.getSessionStatus()).response.status, 'disconnected');
  await account.connectWhatsAppSession(id);
  const {response: renewed} = await account.regenerateApiKey(id);
  check('fingerprint before', renewed.data.session_api_key.previous_fingerprint,
        made.data.session_api_key.fingerprint);
  const {response: gone} = await account.deleteWhatsAppSession(id);
  check('the operation', gone.data.operation_type, 'delete_session');
  check('its session', gone.data.session_id, id);
}

const SECRET = 'a-secret-of-the-client';

// What came meanwhile, as the SDK takes webhooks. Its own product sends the secret itself as the
// signature; Wapio signs, which is checked here before the SDK is told.
async function checkWebhooks(receiver) {
  const sdk = createWasender('key', undefined, demo.base_url, undefined, undefined, SECRET);
  const known = new Set(Object.values(WasenderWebhookEventType));
  const seen = new Set();
  for (const {received} of receiver.deliveries) {
    const header = received.headers['x-webhook-signature'];
    const request = {getHeader: () => header, getRawBody: () => received.body};
    check('status of a signature as it came',
          (await refusalOf(sdk.handleWebhookEvent(request))).statusCode, 401);
    const {t, v1} = Object.fromEntries(header.split(',').map((part) => part.split('=')));
    const signed = crypto.createHmac('sha256', SECRET).update(`${t}.${received.body}`);
    check('the signature', v1, signed.digest('hex'));
    const event = await sdk.handleWebhookEvent({...request, getHeader: () => SECRET});
    check('an event that the SDK knows', event.event, (name) => known.has(name));
    check(`data of ${event.event}`, event.data, (data) => data !== null && typeof data === 'object');
    seen.add(event.event);
  }
  const wanted = ['message.sent', 'messages.received', 'messages-personal.received', 'messages.upsert',
                  'messages.update', 'message-receipt.update', 'messages.delete', 'groups.upsert',
                  'group-participants.update', 'contacts.upsert'];
  check('events that did not come', wanted.filter((name) => !seen.has(name)), []);
}

async function checkErrors(session, base) {
  const empty = await refusalOf(session.sendText({to: demo.people[0].number, text: ''}));
  check('status of an empty text', empty.statusCode, 422);
  check('its faults', empty.errorDetails, {text: ['Required']});
  check('its message', empty.apiMessage, 'Validation failed');
  const stranger = createWasender('bps_sk_wrong', 'bps_pat_wrong', base + '/api');
  const refused = await refusalOf(stranger.sendText({to: demo.people[0].number, text: 'x'}));
  check('status of a wrong key', refused.statusCode, 401);
}

// An account with ten requests a minute; its requests are counted by every answer.
async function checkLimit(base) {
  const limited = createWasender(undefined, demo.accounts.rate_limited.wapio_pat, base + '/v1');
  const {rateLimit} = await limited.getAllWhatsAppSessions();
  check('limit', rateLimit.limit, 10);
  check('remaining', rateLimit.remaining, 9);
  check('reset', rateLimit.getResetTimestampAsDate().getTime() - Date.now(),
        (ms) => ms > 0 && ms <= 8000);
}

async function main() {
  const base = demo.base_url;
  const receiver = await startReceiver();
  const hook = await fetch(`${base}/v1/whatsapp-sessions/${demo.wapio.session_id}/webhook`, {
    method: 'PUT',
    headers: {Authorization: `Bearer ${demo.wapio.pat}`, 'Content-Type': 'application/json'},
    body: JSON.stringify({target_url: receiver.url, signing_secret: SECRET}),
  });
  check('status of setting the webhook', hook.status, 200);
  // Messages are under /api, sessions under /v1.
  const session = createWasender(demo.wapio.session_key, undefined, base + '/api');
  const account = createWasender(undefined, demo.wapio.pat, base + '/v1');
  await checkSending(session, receiver);
  await checkOtherMessages(session, receiver);
  await checkMedia(session, receiver);
  await checkPeople(session);
  await checkGroups(session);
  await checkSessions(account);
  await checkWebhooks(receiver);
  await checkErrors(session, base);
  await checkLimit(base);
}

main().then(() => process.exit(0), (error) => {
  if (!(error instanceof CheckFailed) && !(error instanceof WasenderAPIError)) {
    console.error(error);
    process.exit(1);
  }
  console.log('CHECK FAILED: ' + error.message);
  process.exit(3);
});
