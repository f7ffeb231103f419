// Our server with Baileys and whatsapp-rust as clients, and our client with a server that they
// believe: handshakes by chance, and frames with nodes both ways afterwards.
import {decodeBinaryNode, encodeBinaryNode, proto} from 'baileys';
import {makeNoiseHandler} from 'baileys/lib/Utils/noise-handler.js';
import {NoiseSession} from 'whatsapp-rust-bridge';
import {fromOurs, fromPeer, node, toPeer} from './nodes.mjs';
import {ask, casesOf, check, CheckFailed, run} from './peer.mjs';
import {Seeded} from './seeded.mjs';
import {baileysClient, chainFor, HEADER, pairOf, Server} from './server.mjs';

const COUNT = casesOf(200);
const NOW = 1764000000;

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => Buffer.from(text, 'hex');

function frame(content) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length.subarray(1), content]);
}

function framesOf(stream) {
  const frames = [];
  for (let at = 0; at < stream.length;) {
    const end = at + 3 + stream.readUIntBE(at, 3);
    frames.push(stream.subarray(at + 3, end));
    at = end;
  }
  return frames;
}

// What a client throws is a check of its own that failed.
async function tried(what, step) {
  try {
    return await step();
  } catch (error) {
    throw new CheckFailed(`${what}: ${error.message ?? error}`);
  }
}

function makeCase(seeded) {
  const pair = () => pairOf(seeded.bytes(32));
  const one = {root: pair(), staticKey: pair(), ephemeral: pair(), clientStatic: pair(),
               clientEphemeral: pair(), payload: seeded.bytes(1 + seeded.below(400)),
               routing: seeded.chance(30) ? seeded.bytes(1 + seeded.below(30)) : Buffer.alloc(0),
               piece: 1 + seeded.below(400),
               nodes: Array.from({length: 4}, () => node(seeded))};
  one.chain = chainFor({root: one.root, intermediate: pair(), leaf: one.staticKey.public,
                        from: NOW - 1000, to: NOW + 1000,
                        random: [seeded.bytes(64), seeded.bytes(64)]});
  return one;
}

const serve = (one, stream, send) => (
    {do: 'serve', static: hex(one.staticKey.private), ephemeral: hex(one.ephemeral.private),
     chain: hex(one.chain), stream: hex(stream), piece: one.piece, send: send.map(hex)});

const connect = (one, stream, send) => (
    {do: 'connect', static: hex(one.clientStatic.private),
     ephemeral: hex(one.clientEphemeral.private), root: hex(one.root.public),
     routing: hex(one.routing), payload: hex(one.payload), now: NOW, stream: hex(stream),
     piece: one.piece, send: send.map(hex)});

// The two kinds of client: what they say first, how they answer, seal and open.
async function withBaileys(one) {
  const routingInfo = one.routing.length > 0 ? one.routing : undefined;
  const client = await baileysClient(makeNoiseHandler, {
    ephemeral: one.clientEphemeral, staticKey: one.clientStatic, payload: one.payload, routingInfo});
  return {
    opening: client.handler.encodeFrame(client.hello),
    async finish(answer) {
      const said = client.handler.encodeFrame(client.finish(answer));
      await client.handler.finishInit();
      return said;
    },
    seal: (plain) => client.handler.encodeFrame(plain),
    async open(stream) {
      const nodes = [];
      await client.handler.decodeFrame(stream, (one) => nodes.push(one));
      return nodes.map(fromPeer);
    },
  };
}

async function withRust(one) {
  const session = new NoiseSession(one.clientEphemeral.public, HEADER,
                                   one.routing.length > 0 ? one.routing : null);
  const {HandshakeMessage} = proto;
  const clientHello = {ephemeral: one.clientEphemeral.public};
  return {
    opening: Buffer.from(session.encodeFrameRaw(HandshakeMessage.encode({clientHello}).finish())),
    finish(answer) {
      const {ephemeral, static: sealed, payload} = HandshakeMessage.decode(answer).serverHello;
      session.processHandshakeInit(ephemeral, sealed, payload, one.clientEphemeral.private);
      const clientFinish = {
        static: session.processHandshakeFinish(one.clientStatic.public, one.clientStatic.private,
                                               ephemeral),
        payload: session.encrypt(one.payload),
      };
      const said = session.encodeFrameRaw(HandshakeMessage.encode({clientFinish}).finish());
      session.finishInit();
      return Buffer.from(said);
    },
    seal: (plain) => Buffer.from(session.encodeFrameRaw(plain)),
    open: async (stream) => {
      const frames = framesOf(stream).map((one) => session.decrypt(one));
      return Promise.all(frames.map(async (plain) => fromPeer(await decodeBinaryNode(Buffer.from(plain)))));
    },
  };
}

async function checkServer(cases) {
  const plain = cases.map((one) => one.nodes.map((made) => encodeBinaryNode(toPeer(made))));
  const clients = [];
  for (const [i, one] of cases.entries())
    clients.push(await (i % 2 === 0 ? withBaileys : withRust)(one));
  const answers = ask(cases.map((one, i) => serve(one, clients[i].opening, [])));
  const streams = [];
  for (const [i, client] of clients.entries()) {
    const answer = framesOf(bytes(answers[i].said ?? ''))[0];
    const finish = await tried(`the answer to client ${i}`, () => client.finish(answer));
    streams.push(Buffer.concat([client.opening, finish, ...plain[i].map((one) => client.seal(one))]));
  }
  const talks = ask(cases.map((one, i) => serve(one, streams[i], plain[i])));
  for (const [i, talk] of talks.entries()) {
    const {clientStatic, payload, nodes} = cases[i];
    check(`client ${i}`, talk.client, hex(clientStatic.public));
    check(`payload of client ${i}`, talk.payload, hex(payload));
    check(`what came from client ${i}`, talk.received, plain[i].map(hex));
    const rest = bytes(talk.said).subarray(bytes(answers[i].said).length);
    check(`what came to client ${i}`, await tried(`frames to client ${i}`, () => clients[i].open(rest)),
          nodes.map(fromOurs));
  }
}

async function checkClient(cases) {
  const plain = cases.map((one) => one.nodes.map((made) => encodeBinaryNode(toPeer(made))));
  const openings = ask(cases.map((one) => connect(one, Buffer.alloc(0), [])));
  const servers = cases.map((one) => new Server(one.ephemeral, one.staticKey, one.chain));
  const answers = [];
  for (const [i, server] of servers.entries()) {
    const {length} = cases[i].routing;
    const said = bytes(openings[i].said).subarray((length > 0 ? 7 + length : 0) + 4);
    answers.push(frame(await tried(`the hello of our client ${i}`,
                                   () => server.answer(framesOf(said)[0]))));
  }
  const finishes = ask(cases.map((one, i) => connect(one, answers[i], plain[i])));
  const streams = [];
  for (const [i, server] of servers.entries()) {
    const said = bytes(finishes[i].said ?? '').subarray(bytes(openings[i].said).length);
    const frames = framesOf(said);
    const accepted = await tried(`our client ${i}`, () => server.accept(frames[0]));
    check(`our client ${i}`, hex(accepted.client), hex(cases[i].clientStatic.public));
    check(`payload of our client ${i}`, hex(accepted.payload), hex(cases[i].payload));
    check(`what came from our client ${i}`,
          frames.slice(1).map((one) => hex(accepted.transport.open(one))), plain[i].map(hex));
    streams.push(Buffer.concat(
        [answers[i], ...plain[i].map((one) => frame(accepted.transport.seal(one)))]));
  }
  for (const [i, talk] of ask(cases.map((one, i) => connect(one, streams[i], plain[i]))).entries())
    check(`what came to our client ${i}`, talk.received, plain[i].map(hex));

  const stranger = pairOf(Buffer.alloc(32, 1));
  const refused = ask(cases.map((one, i) => connect({...one, root: stranger}, answers[i], [])));
  for (const {fault} of refused) check('a server of another root', fault, 'wrong_signature');
}

run(async () => {
  const seeded = new Seeded(Number(process.env.PARLEY_SEED ?? 20261126));
  const cases = Array.from({length: COUNT}, () => makeCase(seeded));
  await checkServer(cases);
  await checkClient(cases);
  console.log(`${COUNT} handshakes as server and as many as client, with frames both ways`);
});
