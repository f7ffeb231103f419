// What the page of simulated phones shows of the gateway's work.
import type { LoggedEvent } from "@/api/types";
import type { Activity } from "@/live/activity";

export type WireItem = { key: string; time: number } & (Activity | ({ type: "event" } & LoggedEvent));

// Whether a number is named anywhere in it.
export function isAbout(item: WireItem, number: string): boolean {
  const digits = number.replace("+", "");
  return textOf(item).includes(digits);
}

const texts = new WeakMap<WireItem, string>();

function textOf(item: WireItem): string {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text =
    item.type === "event"
      ? JSON.stringify(item.body)
      : [item.type === "call" ? decoded(item.path) : item.url, item.request, item.response].join("\n");
  texts.set(item, text);
  return text;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const doings: Record<string, string> = {
  send: "writes",
  read: "reads",
  react: "reacts",
  edit: "changes a message",
  delete: "deletes a message",
  vote: "votes",
  choose: "chooses",
  scan: "scans a QR code",
  "enter-code": "types a pairing code",
  online: "switches the phone",
  calls: "calls",
  chats: "does something with a chat",
  broadcast: "writes to many",
};

// What a call of the network's control API means, for those that a phone makes; "" for others.
export function doingOf(path: string, request: string | null | undefined): string {
  const found = /\/sim\/people\/[^/]+\/([a-z-]+)/.exec(path);
  const body = parsed(request);
  const what = found?.[1] ?? "";
  if (what === "presence") return body.presence === "composing" ? "types" : "stops typing";
  if (what === "chats" && body.action === "read") return "reads the chat";
  if (what === "online") return body.online === false ? "goes offline" : "comes online";
  const text = body.text ?? body.emoji ?? body.action;
  return [doings[what], typeof text === "string" && text].filter(Boolean).join(": ");
}

function parsed(text: string | null | undefined): Record<string, unknown> {
  try {
    const value = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
