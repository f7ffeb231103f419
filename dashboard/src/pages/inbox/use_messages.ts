// The messages of one chat: the newest page, older ones as one scrolls, and what happens to them, live.
import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, asApiError, at } from "@/api/client";
import { channelIn, type Message } from "@/api/inbox";
import type { LoggedEvent } from "@/api/types";
import { isOfChat, mergeMessages } from "@/lib/inbox_message";
import { useEvents } from "@/live/use";

const pageSize = 60;
const searchPage = 250;
const searchPages = 20; // so many pages back a message is looked for
const soonMs = 150;
const singlesAtMost = 15; // messages that are read one by one; more are read as a page

interface State {
  messages: Message[]; // oldest first
  next: string | undefined; // there are older ones
  loaded: boolean;
  error: ApiError | undefined;
}

export interface Messages extends State {
  loadOlder: () => void;
  loadTo: (id: string) => Promise<boolean>;
  reload: () => void;
  put: (message: Message) => void;
  hold: <T>(work: Promise<T>) => Promise<T>; // reads no new ones before that is done
}

const nothing: State = { messages: [], next: undefined, loaded: false, error: undefined };

export function useMessages(account: string, channel: string, chat: string): Messages {
  const [state, setState] = useState(nothing);
  const latest = useRef(state);
  latest.current = state;
  const path = `${channelIn(account, channel)}${at`/chats/${chat}/messages`}`;
  const older = useRef(false);
  const held = useRef(0);
  const wanted = useRef<{ page: boolean; ids: Set<string> }>({ page: false, ids: new Set() });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const gone = useRef(false);

  const page = (before?: string, limit = pageSize) =>
    api.get<{ messages: Message[]; next?: string | null }>(path, { before, limit });
  const change = (how: (old: State) => State) => {
    if (gone.current) return;
    latest.current = how(latest.current);
    setState(latest.current);
  };
  const put = (...messages: Message[]) =>
    change((old) => ({ ...old, messages: mergeMessages(old.messages, messages) }));

  const readNewest = async () => {
    try {
      const { messages, next } = await page();
      change((old) => {
        // When nothing of the page is known, what lies between was missed: one begins with the page.
        const known = new Set(old.messages.map((message) => message.message_id));
        const joins = messages.some((message) => known.has(message.message_id));
        const base = joins ? old.messages : [];
        return {
          messages: mergeMessages(base, messages),
          next: joins ? old.next : (next ?? undefined),
          loaded: true,
          error: undefined,
        };
      });
    } catch (error) {
      change((old) => ({ ...old, loaded: true, error: asApiError(error) }));
    }
  };
  const readOlder = async (limit?: number) => {
    const { next } = latest.current;
    if (next === undefined || older.current) return;
    older.current = true;
    try {
      const got = await page(next, limit);
      change((old) => ({
        ...old,
        messages: mergeMessages(old.messages, got.messages),
        next: got.messages.length > 0 ? (got.next ?? undefined) : undefined,
        error: undefined,
      }));
    } catch (error) {
      change((old) => ({ ...old, error: asApiError(error) }));
    }
    older.current = false;
  };
  const loadTo = async (id: string) => {
    const isThere = () => latest.current.messages.some((message) => message.message_id === id);
    for (let count = 0; count < searchPages && !isThere() && latest.current.next; count++)
      await readOlder(searchPage);
    return isThere();
  };

  const flush = async () => {
    timer.current = undefined;
    if (held.current > 0) return; // whoever holds it asks again
    const { page: all, ids } = wanted.current;
    wanted.current = { page: false, ids: new Set() };
    if (all || ids.size > singlesAtMost) await readNewest();
    if (ids.size === 0 || (ids.size > singlesAtMost && all)) return;
    const reads = [...ids]
      .slice(-singlesAtMost)
      .map((id) => api.get<Message>(at`/accounts/${account}/messages/${id}`).catch(() => undefined));
    put(...(await Promise.all(reads)).filter((message) => message !== undefined));
  };
  const soon = () => {
    timer.current ??= setTimeout(flush, soonMs);
  };

  useEffect(() => {
    void readNewest();
    return () => {
      gone.current = true;
      clearTimeout(timer.current);
    };
  }, []);

  useEvents(
    chatEvents,
    (events) => {
      for (const event of events) {
        if (event.channel_id !== channel || !isOfChat(event.body.chat as object, chat)) continue;
        const id = messageOf(event);
        const known = latest.current.messages.find((message) => message.message_id === id);
        if (!known) wanted.current.page = true;
        else if (event.name === "message.status") put(withStatus(known, event));
        else if (event.name !== "message.accepted") wanted.current.ids.add(known.message_id);
      }
      if (wanted.current.page || wanted.current.ids.size > 0) soon();
    },
    () => {
      wanted.current.page = true;
      soon();
    },
  );

  return {
    ...state,
    loadOlder: () => void readOlder(),
    loadTo,
    reload: () => void readNewest(),
    put,
    hold: async (work) => {
      held.current++;
      try {
        return await work;
      } finally {
        held.current--;
        if (wanted.current.page || wanted.current.ids.size > 0) soon();
      }
    },
  };
}

const chatEvents = [
  "message.accepted",
  "message.received",
  "message.status",
  "message.receipt",
  "message.reaction",
  "message.edited",
  "message.deleted",
  "message.vote",
  "message.transcribed",
] as const;

function messageOf(event: LoggedEvent): string {
  const told = event.body.message as string | { id?: string } | undefined;
  return (typeof told === "string" ? told : told?.id) ?? "";
}

// A status is told whole: nothing has to be read for it.
function withStatus(known: Message, event: LoggedEvent): Message {
  const told = event.body.message as { status: string; failure?: Message["failure"] };
  return { ...known, status: told.status, failure: told.failure ?? null };
}
