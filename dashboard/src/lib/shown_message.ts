// A message as a bubble shows it: what the gateway's inbox and a simulated phone have in common.

export type Content = { kind?: string } & Record<string, unknown>;

// How far a message of one's own has come.
export type Sent = "queued" | "unconfirmed" | "sent" | "delivered" | "read" | "played" | "failed";

export interface ShownMedia {
  url: string;
  mime_type: string;
  size: number;
  file_name: string;
  thumbnail?: string;
  voice: boolean;
  width?: number;
  height?: number;
}

export interface ShownPoll {
  options: { text: string; voters: string[]; chosen: boolean }[];
  multiple: boolean;
}

export interface ShownMessage {
  id: string;
  mine: boolean;
  author: string; // in groups, of others; "" elsewhere
  kind: string;
  text: string;
  content: Content;
  at: number; // ms
  sent?: Sent; // of one's own
  failure?: string;
  edited: boolean;
  deleted: boolean;
  media?: ShownMedia;
  quoted?: { author: string; text: string; kind: string; id: string };
  reactions: { emoji: string; from: string; mine: boolean }[];
  poll?: ShownPoll;
  transcription?: { status: "pending" | "done" | "failed"; text: string };
  isNew?: boolean; // not read yet, where somebody has to say that it is
}

export type Row =
  | { type: "day"; key: string; at: number }
  | { type: "message"; key: string; message: ShownMessage; startsRun: boolean };

const runMs = 5 * 60_000;

// Oldest first: a separator before each day's first message, and whether a message begins a run of its
// author's.
export function rowsOf(messages: readonly ShownMessage[]): Row[] {
  const rows: Row[] = [];
  let before: ShownMessage | undefined;
  for (const message of messages) {
    const isNewDay = !before || !sameDay(before.at, message.at);
    if (isNewDay) rows.push({ type: "day", key: `day ${message.id}`, at: message.at });
    rows.push({
      type: "message",
      key: message.id,
      message,
      startsRun: isNewDay || !before || !isRun(before, message),
    });
    before = message;
  }
  return rows;
}

function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

function isRun(before: ShownMessage, message: ShownMessage): boolean {
  return before.mine === message.mine && before.author === message.author && message.at - before.at < runMs;
}

const withoutText: Record<string, string> = {
  image: "Photo",
  video: "Video",
  audio: "Audio",
  document: "Document",
  sticker: "Sticker",
  location: "Location",
  contacts: "Contact",
  poll: "Poll",
  list: "List",
  buttons: "Buttons",
  location_request: "Asks for the location",
  cta_url: "Link",
  flow: "Form",
  flow_reply: "Filled in",
  template: "Template",
  product: "Product",
  order: "Order",
};

export function kindName(kind: string): string {
  return withoutText[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1).replace(/_/g, " ")}`;
}

// One line of a message, for lists and quotes.
export function lineOf(message: { kind: string; text: string; deleted?: boolean }): string {
  if (message.deleted) return "Deleted";
  if (message.kind === "text") return message.text;
  const name = kindName(message.kind);
  return message.text ? `${name}: ${message.text}` : name;
}

export function initialsOf(name: string): string {
  const letters = name
    .replace(/[^\p{L}\p{N} ]/gu, "")
    .split(" ")
    .filter(Boolean)
    .map((word) => [...word][0] ?? "");
  return (letters.slice(0, 2).join("") || "?").toUpperCase();
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

// Voice messages are Ogg files with Opus in them; other audio is sent as a file that plays.
export function isVoice(file: { type: string }): boolean {
  return file.type.startsWith("audio/ogg") || file.type.startsWith("audio/opus");
}
