// One line for a person of what an event says. Bodies are as stored (src/core/events.h); what is not known
// here is left out, never guessed.
import { reasonText, stateOf, words } from "./names";

type Json = Record<string, unknown>;

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function personName(peer: unknown): string {
  const { name, push_name, verified_name, phone, username, lid } = object(peer);
  const number = text(phone) && `+${text(phone)}`;
  return (
    text(name) ||
    text(push_name) ||
    text(verified_name) ||
    number ||
    text(username) ||
    text(lid) ||
    "somebody"
  );
}

function chatName(body: Json): string {
  const { kind, peer, group } = object(body.chat);
  if (kind === "person") return personName(peer);
  return text(object(group).subject) || "a group";
}

const kinds: Record<string, string> = {
  image: "Image",
  video: "Video",
  audio: "Audio",
  document: "Document",
  sticker: "Sticker",
  location: "Location",
  contacts: "Contacts",
  list: "List",
  buttons: "Buttons",
  location_request: "Asks for a place",
  cta_url: "Link",
  flow: "Form",
  template: "Template",
  product: "Product",
};

// What a message says, or its kind where it says nothing.
export function contentText(content: unknown): string {
  const { kind, body, caption, question, title, name, emoji } = object(content);
  if (kind === "text") return text(body);
  if (kind === "poll") return `Poll: ${text(question)}`;
  if (kind === "reaction") return text(emoji) || "a reaction taken back";
  const said = text(caption) || text(body) || text(title) || text(name);
  const what = kinds[text(kind)] ?? (said ? "" : words(text(kind)));
  return [what, said].filter(Boolean).join(": ");
}

function message(body: Json): string {
  return contentText(object(body.message).content);
}

function modifier(body: Json): string {
  return contentText(object(body.modifier).content);
}

const texts: Record<string, (body: Json) => string> = {
  "message.accepted": (body) => `To ${chatName(body)}: ${message(body)}`,
  "message.received": (body) => {
    const { sender, origin } = object(body.message);
    if (origin === "phone") return `From the phone to ${chatName(body)}: ${message(body)}`;
    const who = sender ? `${personName(sender)} in ${chatName(body)}` : chatName(body);
    return `${who}: ${message(body)}`;
  },
  "message.status": (body) => {
    const { status, direction, failure } = object(body.message);
    const why = text(object(failure).text);
    return `${words(text(status))}${why && ` (${why})`}, ${direction === "in" ? "from" : "to"} ${chatName(body)}: ${message(body)}`;
  },
  "message.receipt": (body) =>
    `${words(text(body.status))} by ${personName(body.participant)} in ${chatName(body)}`,
  "message.reaction": (body) => `${modifier(body)} in ${chatName(body)}`,
  "message.edited": (body) => `Edited in ${chatName(body)}: ${message(body)}`,
  "message.deleted": (body) => `A message in ${chatName(body)} was deleted`,
  "message.vote": (body) => `A vote in ${chatName(body)}: ${message(body)}`,
  "message.transcribed": (body) => {
    const { status, text: said } = object(body.transcription);
    return status === "done"
      ? `Voice message of ${chatName(body)}: ${text(said)}`
      : "Could not be written down";
  },
  "status.posted": (body) => `${personName(body.from)} shows: ${message(body)}`,
  "group.changed": (body) =>
    `${text(object(body.group).subject) || chatName(body)}: ${(body.changed as string[]).map(words).join(", ")}`,
  "group.participants": (body) => {
    const people = Array.isArray(body.participants) ? body.participants.map(personName).join(", ") : "";
    return `${words(text(body.action))} in ${chatName(body)}: ${people}`;
  },
  call: (body) => {
    const { video, status } = object(body.call);
    return `${video ? "Video call" : "Call"} with ${personName(body.with)}: ${text(status)}`;
  },
  "contact.changed": (body) =>
    `${personName(body.peer)}${body.blocked ? " is blocked" : body.is_new ? " is new" : " has changed"}`,
  "chat.changed": (body) => `${chatName(body)}: ${text(body.action)}`,
  "template.status": (body) => `${text(body.name)} (${text(body.language)}): ${text(body.status)}`,
  "channel.state": (body) => {
    const { state, state_reason: reason } = object(body.channel);
    return [`${stateOf(text(state)).text}.`, reasonText(text(reason))].filter(Boolean).join(" ");
  },
  "channel.pairing": (body) => (text(body.code) ? "A code to type is on offer" : "A QR code is on offer"),
  "person.merged": (body) => `Two entries are one person: ${personName(body.peer)}`,
  "subscription.disabled": (body) => `${text(body.url)} was switched off: ${text(body.reason)}`,
  "provider.hook": () => "What the network's interface told, as it told it",
};

export function eventText(name: string, body: unknown): string {
  return texts[name]?.(object(body)) ?? "";
}

export function channelLabel(body: unknown): string {
  const { label, phone, code } = object(object(body).channel);
  return text(label) || (text(phone) && `+${text(phone)}`) || text(code);
}
