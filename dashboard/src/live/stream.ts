// The gateway's events as they happen: one connection for the whole page, however many listen.
//
//   useEvents(["channel.state"], (events) => ...)   // in components, see live/use.ts
//
// Events come in batches, at most ten a second, so that a busy server does not have the page drawn for
// each. The first connection begins behind the position that the session's answer named, so that nothing
// falls between what a page has read and what it is told. A lost connection is made again with what was
// missed in between. When too much was missed (the page lay hidden, or the log does not go back that far),
// listeners are told to read anew (`onGap`).
import { signal } from "@preact/signals";
import { api, serverAnswers, urlOf } from "@/api/client";
import type { LoggedEvent, NodeView } from "@/api/types";
import { backoffMs } from "@/lib/backoff";
import { eventNames } from "./names";

export type LiveState = "off" | "connecting" | "live" | "reconnecting";
export const liveState = signal<LiveState>("off");

export interface Listener {
  names: ReadonlySet<string> | undefined; // all when undefined
  onEvents: (events: LoggedEvent[]) => void;
  onGap?: (() => void) | undefined;
}

const batchMs = 100;
const hiddenMs = 60_000; // a hidden page keeps its connection so long: browsers have six per server
const missedAtMost = 5_000; // more events than that are not caught up with
const batchAtMost = 5_000; // a page that cannot keep up loses the oldest and is told of a gap

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let last = 0; // position
let attempt = 0;
let begun = false; // there was a connection
let retry: ReturnType<typeof setTimeout> | undefined;
let hiding: ReturnType<typeof setTimeout> | undefined;
let batch: LoggedEvent[] = [];
let flushing: ReturnType<typeof setTimeout> | undefined;
let gap = false;

export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function flush(): void {
  flushing = undefined;
  const events = batch;
  const missed = gap;
  batch = [];
  gap = false;
  for (const { names, onEvents, onGap } of [...listeners]) {
    if (missed) onGap?.();
    const wanted = names ? events.filter((event) => names.has(event.name)) : events;
    if (wanted.length > 0) onEvents(wanted);
  }
}

function flushSoon(): void {
  if (flushing === undefined) flushing = setTimeout(flush, batchMs);
}

function take(message: MessageEvent<string>): void {
  const event = JSON.parse(message.data) as LoggedEvent;
  last = event.position;
  batch.push(event);
  if (batch.length > batchAtMost) {
    batch = batch.slice(-batchAtMost / 2);
    gap = true;
  }
  flushSoon();
}

function tellGap(): void {
  gap = true;
  flushSoon();
}

// Where to go on: after what was told last, or from now on when too much was missed. Asking also finds
// out that the session has ended, which an EventSource does not say.
async function placeToGoOn(): Promise<number> {
  if (!begun && attempt === 0) return last;
  const { events } = await api.get<NodeView>("/node");
  const known = last <= events.last && last + 1 >= events.oldest;
  if (known && events.last - last <= missedAtMost) return last;
  tellGap();
  return events.last;
}

// Also after something was waited for.
function isStopped(): boolean {
  return liveState.value === "off";
}

async function open(): Promise<void> {
  if (source || isStopped()) return;
  try {
    last = await placeToGoOn();
  } catch {
    if (isStopped()) return;
    return lose();
  }
  if (source || isStopped()) return;
  const made = new EventSource(urlOf("/events/stream", { after: last }));
  source = made;
  made.onopen = () => {
    attempt = 0;
    begun = true;
    liveState.value = "live";
    serverAnswers.value = true;
  };
  made.onerror = () => {
    if (source === made) lose();
  };
  for (const name of eventNames) made.addEventListener(name, take);
}

// The browser would try again by itself, but not after every kind of failure, and it does not say when.
function lose(): void {
  close();
  liveState.value = "reconnecting";
  retry = setTimeout(open, backoffMs(attempt++, Math.random()));
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

function onVisibility(): void {
  clearTimeout(hiding);
  if (liveState.value === "off") return;
  if (document.hidden) {
    hiding = setTimeout(close, hiddenMs);
    return;
  }
  clearTimeout(retry);
  void open();
}

// `position`: the log's last when the session was asked for.
export function startLive(position: number): void {
  if (liveState.value !== "off") return;
  last = position;
  liveState.value = "connecting";
  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("online", onVisibility);
  void open();
}

export function stopLive(): void {
  close();
  document.removeEventListener("visibilitychange", onVisibility);
  removeEventListener("online", onVisibility);
  liveState.value = "off";
  attempt = 0;
  begun = false;
}
