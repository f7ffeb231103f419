// From the rows of a simulated phone to conversations and bubbles.
import { mediaUrl, type PhoneRow } from "@/api/sim";
import type { Sent, ShownMessage } from "./shown_message";

// Modifiers are rows of their own; what they change shows in `marks` of the row that they mean.
const modifiers = new Set(["reaction", "edit", "delete", "vote"]);

// The chat in which a row stands, spelt as the phone's list of chats does.
export function chatOf(row: PhoneRow): string {
  if (row.group) return row.group;
  return row.to ?? row.from ?? "";
}

export interface Names {
  me: string; // number
  of: (number: string) => string;
}

// The conversation `chat`, oldest first.
export function conversation(
  rows: { inbox: readonly PhoneRow[]; outbox: readonly PhoneRow[] },
  chat: string,
  names: Names,
  unread = 0,
): ShownMessage[] {
  const inbox = rows.inbox.filter((row) => isShown(row, chat));
  const outbox = rows.outbox.filter((row) => isShown(row, chat));
  const all = [...inbox, ...outbox].sort((a, b) => a.timestamp - b.timestamp || order(a) - order(b));
  const byId = new Map([...rows.inbox, ...rows.outbox].map((row) => [row.id, row]));
  const fresh = new Set(unread > 0 ? inbox.slice(-unread).map(keyOf) : []);
  return all.map((row) => ({
    ...shownOf(row, chat, byId, names),
    ...(fresh.has(keyOf(row)) && { isNew: true }),
  }));
}

function isShown(row: PhoneRow, chat: string): boolean {
  return !modifiers.has(row.kind) && chatOf(row) === chat;
}

// Within a second the network tells no order; what one wrote came after what one read.
const order = (row: PhoneRow) => (row.to === undefined ? 0 : 1) + row.seq * 1e-9;
const keyOf = (row: PhoneRow) => (row.to === undefined ? `in ${row.seq}` : `out ${row.seq}`);

function shownOf(row: PhoneRow, chat: string, byId: Map<string, PhoneRow>, { me, of }: Names): ShownMessage {
  const mine = row.to !== undefined;
  const marks = row.marks ?? {};
  const nameOf = (number: string) => (number === me ? "You" : of(number));
  const shown: ShownMessage = {
    id: row.id,
    mine,
    author: !mine && chat.includes("@") && row.from ? of(row.from) : "",
    kind: row.kind,
    text: marks.edited ?? row.text,
    content: row.content,
    at: row.timestamp * 1000,
    edited: marks.edited !== undefined,
    deleted: marks.deleted === true,
    reactions: (marks.reactions ?? []).map(({ emoji, from }) => ({
      emoji,
      from: nameOf(from),
      mine: from === me,
    })),
  };
  if (mine && !shown.deleted && row.status) shown.sent = sentOf(row.status);
  if (row.media)
    shown.media = {
      url: mediaUrl(row.media),
      mime_type: row.media.mime_type,
      size: row.media.size,
      file_name: row.media.file_name,
      voice: row.media.voice === true || row.content.voice === true,
      ...(row.media.facts?.width &&
        row.media.facts.height && { width: row.media.facts.width, height: row.media.facts.height }),
    };
  const quoted = row.quoted === undefined ? undefined : byId.get(row.quoted);
  if (quoted)
    shown.quoted = {
      id: quoted.id,
      author: quoted.to !== undefined ? "You" : nameOf(quoted.from ?? ""),
      text: quoted.marks?.edited ?? quoted.text,
      kind: quoted.kind,
    };
  if (row.kind === "poll") {
    const votes = marks.votes ?? [];
    shown.poll = {
      multiple: row.content.multiple === true,
      options: ((row.content.options ?? []) as string[]).map((text) => {
        const voters = votes.filter((vote) => vote.options.includes(text));
        return {
          text,
          voters: voters.map((vote) => nameOf(vote.from)),
          chosen: voters.some((vote) => vote.from === me),
        };
      }),
    };
  }
  return shown;
}

function sentOf(status: string): Sent {
  return status === "accepted" ? "sent" : (status as Sent);
}

// What the list of chats shows under a name: the newest row of each chat.
export function newestOf(rows: readonly PhoneRow[]): Map<string, PhoneRow> {
  const newest = new Map<string, PhoneRow>();
  for (const row of rows) {
    if (modifiers.has(row.kind)) continue;
    const known = newest.get(chatOf(row));
    if (!known || known.timestamp <= row.timestamp) newest.set(chatOf(row), row);
  }
  return newest;
}

// Rows read again over those that are there, by their place in the box; at most `most` are kept.
export function mergeRows(old: readonly PhoneRow[], page: readonly PhoneRow[], most: number): PhoneRow[] {
  const bySeq = new Map(old.map((row) => [row.seq, row]));
  for (const row of page) bySeq.set(row.seq, row);
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq).slice(-most);
}
