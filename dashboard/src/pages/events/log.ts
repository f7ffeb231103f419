// The event log as the page shows it: newest first, what is new on top, older by `loadOlder`. It holds the
// newest of what was seen and forgets below that, however long the page is open; what was forgotten is
// read again when somebody scrolls there.
import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, asApiError } from "@/api/client";
import { useInvalidation } from "@/api/query";
import type { LoggedEvent } from "@/api/types";
import { useEvents } from "@/live/use";

const held = 2000;
const pageSize = 100;
const fromTheNewest = 0;

export interface Filter {
  names: readonly string[]; // empty: all
  account: string;
  channel: string;
}

export interface EventLog {
  events: LoggedEvent[];
  waiting: number; // new ones, not shown while paused
  loaded: boolean;
  loading: boolean;
  atEnd: boolean;
  error: ApiError | undefined;
  loadOlder: () => void;
  reload: () => void;
}

function passes(filter: Filter): (event: LoggedEvent) => boolean {
  const names = new Set(filter.names);
  return (event) =>
    (names.size === 0 || names.has(event.name)) &&
    (!filter.account || event.account_id === filter.account) &&
    (!filter.channel || event.channel_id === filter.channel);
}

async function readOlder(
  filter: Filter,
  before: number,
): Promise<{ events: LoggedEvent[]; next?: number | null }> {
  const { names, account, channel } = filter;
  return api.get("/events", { before, limit: pageSize, name: names.join(), account, channel });
}

interface State {
  events: LoggedEvent[];
  waiting: LoggedEvent[];
  next: number | undefined; // `before` of the next older page; undefined: that was all
  loaded: boolean;
  loading: boolean;
  error: ApiError | undefined;
}

const empty: State = {
  events: [],
  waiting: [],
  next: undefined,
  loaded: false,
  loading: false,
  error: undefined,
};

// What is beyond the bound goes, and is then the next page.
function bounded(state: State): State {
  if (state.events.length <= held) return state;
  const events = state.events.slice(0, held);
  return { ...state, events, next: events.at(-1)?.position };
}

export function useEventLog(filter: Filter, paused: boolean): EventLog {
  const [state, setState] = useState(empty);
  const run = useRef(0);
  const key = JSON.stringify(filter);

  const read = async (before: number | undefined) => {
    const mine = before === undefined ? ++run.current : run.current;
    setState((old) => ({ ...(before === undefined ? empty : old), loading: true }));
    try {
      const page = await readOlder(filter, before ?? fromTheNewest);
      if (mine !== run.current) return;
      const next = page.events.length > 0 ? (page.next ?? undefined) : undefined;
      setState((old) => ({
        ...old,
        events: merged(old.events, page.events),
        next,
        loading: false,
        loaded: true,
        error: undefined,
      }));
    } catch (error) {
      if (mine !== run.current) return;
      setState((old) => ({ ...old, loading: false, loaded: true, error: asApiError(error) }));
    }
  };

  useEffect(() => {
    void read(undefined);
  }, [key]);

  // Only what could not be read: what was read goes on by itself, and keeps its place.
  useInvalidation("/events", () => {
    if (state.error) void read(undefined);
  });

  useEffect(() => {
    if (!paused) setState((old) => bounded({ ...old, events: [...old.waiting, ...old.events], waiting: [] }));
  }, [paused]);

  useEvents(
    undefined,
    (events) => {
      const news = events.filter(passes(filter)).reverse();
      if (news.length === 0) return;
      setState((old) => {
        const top = old.waiting[0]?.position ?? old.events[0]?.position ?? 0;
        const unseen = news.filter((event) => event.position > top);
        if (paused) return { ...old, waiting: [...unseen, ...old.waiting].slice(0, held) };
        return bounded({ ...old, events: [...unseen, ...old.waiting, ...old.events], waiting: [] });
      });
    },
    () => void read(undefined),
  );

  return {
    events: state.events,
    waiting: state.waiting.length,
    loaded: state.loaded,
    loading: state.loading,
    atEnd: state.loaded && !state.error && state.next === undefined,
    error: state.error,
    loadOlder: () => {
      if (state.next !== undefined && !state.loading) void read(state.next);
    },
    reload: () => void read(undefined),
  };
}

// Older ones below; while a first page was under way, newer ones may have come.
function merged(shown: LoggedEvent[], older: LoggedEvent[]): LoggedEvent[] {
  const last = shown.at(-1)?.position ?? Number.POSITIVE_INFINITY;
  return [...shown, ...older.filter((event) => event.position < last)];
}
