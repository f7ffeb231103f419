// Wapio through npm wasenderapi, in envelope mode. Exit code 0, or 3 when a check failed or the SDK
// refused an answer.
'use strict';

const http = require('node:http');
const {createWasender, dispatchWebhookEvent, WasenderAPIError} = require('wasenderapi');

const demo = JSON.parse(process.env.PARLEY_CLIENT);

class CheckFailed extends Error {}

// `expected` is a value, or a function that says whether the actual one will do.
function check(what, actual, expected) {
  const fits = typeof expected === 'function' ? expected(actual) :
                                                JSON.stringify(actual) === JSON.stringify(expected);
  if (!fits) throw new CheckFailed(`${what} is ${JSON.stringify(actual)}`);
}

async function waitFor(what, find) {
  const deadline = Date.now() + 10000;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (Date.now() > deadline) throw new CheckFailed(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

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

// Serves the media that is sent, and receives webhooks.
function startReceiver() {
  const deliveries = [];
  const server = http.createServer((request, response) => {
    if (request.method === 'GET') {
      const isPicture = request.url.endsWith('.png');
      response.setHeader('Content-Type', isPicture ? 'image/png' : 'text/plain');
      return response.end(isPicture ? PICTURE : 'A plain text file.\n');
    }
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      deliveries.push(JSON.parse(Buffer.concat(parts).toString()));
      response.end();
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    resolve({deliveries, server, url: `http://127.0.0.1:${server.address().port}`});
  }));
}

async function inboxOf(number) {
  const answer = await fetch(`${demo.sim_url}/people/${number}/inbox`);
  return (await answer.json()).messages;
}

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

  const {response: made} = await account.createWhatsAppSession(
      {name: 'Second', phone_number: '+15550300'});
  const id = made.data.session.session_id;
  check('status of a new session', made.data.session.status, 'pending');
  check('label', made.data.session.label, 'Second');
  check('its key', made.data.session_api_key.raw, (key) => key.startsWith('bps_sk_'));
  const {response: connecting} = await account.connectWhatsAppSession(id);
  check('success of connect', connecting.success, true);
  const {response: qr} = await account.getWhatsAppSessionQRCode(id);
  check('qr', qr.data.qr, (text) => text.startsWith('data:image/png;base64,'));
  const {response: renewed} = await account.regenerateApiKey(id);
  check('fingerprint before', renewed.data.session_api_key.previous_fingerprint,
        made.data.session_api_key.fingerprint);
  const {response: gone} = await account.deleteWhatsAppSession(id);
  check('the operation', gone.data.operation_type, 'delete_session');
  check('its session', gone.data.session_id, id);
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
    body: JSON.stringify({target_url: receiver.url, subscribed_events: ['message.sent']}),
  });
  check('status of setting the webhook', hook.status, 200);
  // Messages are under /api, sessions under /v1.
  const session = createWasender(demo.wapio.session_key, undefined, base + '/api');
  const account = createWasender(undefined, demo.wapio.pat, base + '/v1');
  await checkSending(session, receiver);
  await checkGroups(session);
  await checkSessions(account);
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
