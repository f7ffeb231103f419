// Our codec of nodes against that of Baileys and that of whatsapp-rust: thousands of nodes by
// chance. All three write the same bytes, and read the same node from them.
import {decodeBinaryNode, encodeBinaryNode} from 'baileys';
import {deflateSync} from 'node:zlib';
import {decodeNode, encodeNode} from 'whatsapp-rust-bridge';
import {fromOurs, fromPeer, node, toPeer} from './nodes.mjs';
import {ask, casesOf, check, run} from './peer.mjs';
import {Seeded} from './seeded.mjs';

const COUNT = casesOf(4000);

const hex = (bytes) => Buffer.from(bytes).toString('hex');

// COMPAT: whatsapp-rust 0.5.4 spells the address of the server without its @, and the domain of
// hosted.lid as if it were an agent.
const ofRust = (value) => value.replace(/\.129(:\d+@hosted\.lid)$/, '$1');
const asRust = (value) => (value === '@s.whatsapp.net' ? 's.whatsapp.net' : value);

function fromRust({tag, attrs, content}) {
  const node = {tag, attrs: {}};
  for (const [name, value] of Object.entries(attrs)) node.attrs[name] = ofRust(value);
  if (Array.isArray(content)) node.content = content.map(fromRust);
  else node.content = typeof content === 'string' ? ofRust(content) : content;
  return node;
}

function forRust(node) {
  const made = {...node, attributes: node.attributes.map(([name, value]) => [name, asRust(value)])};
  if (node.text !== undefined) made.text = asRust(node.text);
  if (node.children !== undefined) made.children = node.children.map(forRust);
  return made;
}

run(async () => {
  const seeded = new Seeded(Number(process.env.PARLEY_SEED ?? 20261126));
  const nodes = Array.from({length: COUNT}, () => node(seeded));
  const written = nodes.map((one) => hex(encodeBinaryNode(toPeer(one))));

  const encoded = ask(nodes.map((one) => ({do: 'encode', node: one})));
  const compressed = ask(nodes.map((one) => ({do: 'encode', node: one, compress: true})));
  const decoded = ask(written.map((bytes) => ({do: 'decode', bytes})));
  const inflated = ask(written.map((bytes) => (
      {do: 'decode', bytes: '02' + hex(deflateSync(Buffer.from(bytes.slice(2), 'hex')))})));
  for (let i = 0; i < COUNT; ++i) {
    const wanted = fromOurs(nodes[i]);
    check(`node ${i}, written`, encoded[i].bytes, written[i]);
    check(`node ${i}, written by whatsapp-rust`, hex(encodeNode(toPeer(nodes[i]))), written[i]);
    check(`node ${i}, read`, fromOurs(decoded[i].node), wanted);
    check(`node ${i}, inflated and read`, fromOurs(inflated[i].node), wanted);

    const bytes = Buffer.from(encoded[i].bytes, 'hex');
    check(`node ${i}, read by Baileys`, fromPeer(await decodeBinaryNode(bytes)), wanted);
    check(`node ${i}, inflated by Baileys`,
          fromPeer(await decodeBinaryNode(Buffer.from(compressed[i].bytes, 'hex'))), wanted);
    check(`node ${i}, read by whatsapp-rust`, fromPeer(fromRust(decodeNode(bytes))),
          fromOurs(forRust(nodes[i])));
  }
  console.log(`${COUNT} nodes written and read alike by three codecs`);
});
