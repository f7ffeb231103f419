// Random nodes: the kinds of strings that travel differently, and everything at the edges of their
// forms. As JSON: {tag, attributes: [[name, value]], text | bytes (hexadecimal) | children}.
import {DOUBLE_BYTE_TOKENS, SINGLE_BYTE_TOKENS} from 'baileys/lib/WABinary/constants.js';

const TOKENS = [...SINGLE_BYTE_TOKENS.slice(1), ...DOUBLE_BYTE_TOKENS.flat()];
// Objects of JavaScript keep their members in order, unless a name is a number.
const NAMES = TOKENS.filter((token) => !/^\d+$/.test(token));
const DIGITS = '0123456789', NIBBLES = DIGITS + '-.', HEX = DIGITS + 'ABCDEF';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz_:/é€😀';
const LENGTHS = [1, 2, 3, 7, 8, 126, 127, 128, 255, 256, 300];

const text = (seeded, alphabet, length) =>
  Array.from({length}, () => seeded.pick([...alphabet])).join('');

function length(seeded) {
  return seeded.chance(90) ? 1 + seeded.below(24) : seeded.pick(LENGTHS);
}

// Devices with the servers that have them, and never 0, which the others spell out.
export function jid(seeded) {
  const user = String(1 + seeded.below(4e9)) + text(seeded, DIGITS, seeded.below(6));
  switch (seeded.below(8)) {
    case 0: return `${user}@g.us`;
    case 1: return `${user}-${seeded.below(2e9)}@g.us`;
    case 2: return seeded.pick(['status@broadcast', `${user}@broadcast`, `${user}@newsletter`]);
    case 3: return seeded.pick([`${user}@bot`, `${user}@c.us`, `${user}@call`]);
    case 4: return '@s.whatsapp.net';
    case 5: return `${user}@${seeded.pick(['s.whatsapp.net', 'lid', 'hosted', 'hosted.lid'])}`;
    default: return `${user}:${1 + seeded.below(255)}@` +
        seeded.pick(['s.whatsapp.net', 'lid', 'hosted', 'hosted.lid']);
  }
}

function string(seeded) {
  switch (seeded.below(8)) {
    case 0: case 1: return seeded.pick(TOKENS);
    case 2: return text(seeded, NIBBLES, length(seeded));
    case 3: return text(seeded, HEX, length(seeded));
    case 4: case 5: return jid(seeded);
    case 6: return text(seeded, LETTERS, length(seeded));
    default: return text(seeded, HEX.toLowerCase(), length(seeded));
  }
}

function bytes(seeded) {
  const size = seeded.chance(95) ? seeded.below(64) :
      seeded.pick([0, 255, 256, 1000, ...(seeded.chance(2) ? [(1 << 20) - 1, 1 << 20] : [])]);
  return seeded.bytes(size).toString('hex');
}

export function node(seeded, depth = 0) {
  const tag = seeded.chance(80) ? seeded.pick(TOKENS) : text(seeded, LETTERS, length(seeded));
  const made = {tag, attributes: []};
  const names = new Set();
  for (let i = seeded.below(6); i > 0; --i) {
    const name = seeded.chance(80) ? seeded.pick(NAMES) : text(seeded, LETTERS, 1 + seeded.below(9));
    if (names.has(name)) continue;
    names.add(name);
    made.attributes.push([name, string(seeded)]);
  }
  const kind = seeded.below(depth < 5 ? 4 : 3);
  if (kind === 1) made.text = string(seeded);
  if (kind === 2) made.bytes = bytes(seeded);
  if (kind === 3) {
    const count = seeded.chance(3) && depth < 2 ? seeded.pick([0, 255, 256, 300]) : seeded.below(4);
    made.children = Array.from({length: count}, () => node(seeded, count > 4 ? 9 : depth + 1));
  }
  return made;
}

// As the others take it.
export function toPeer({tag, attributes, text, bytes, children}) {
  const attrs = Object.fromEntries(attributes);
  if (text !== undefined) return {tag, attrs, content: text};
  if (bytes !== undefined) return {tag, attrs, content: Buffer.from(bytes, 'hex')};
  if (children !== undefined) return {tag, attrs, content: children.map(toPeer)};
  return {tag, attrs};
}

// What text and bytes have in common: both may come back as bytes.
const plain = (content) => Buffer.from(content).toString('hex');

// One spelling for what all three readers give; an empty list of nodes may come back as nothing.
export function fromPeer({tag, attrs, content}) {
  const attributes = Object.entries(attrs);
  if (Array.isArray(content) && content.length > 0)
    return {tag, attributes, children: content.map(fromPeer)};
  if (content === undefined || content === null || Array.isArray(content)) return {tag, attributes};
  return {tag, attributes, data: plain(content)};
}

export function fromOurs({tag, attributes, text, bytes, children}) {
  if (children !== undefined && children.length > 0)
    return {tag, attributes, children: children.map(fromOurs)};
  if (text !== undefined) return {tag, attributes, data: plain(text)};
  if (bytes !== undefined) return {tag, attributes, data: bytes};
  return {tag, attributes};
}
