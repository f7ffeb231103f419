// Reading from the API in components: what was read before is shown at once and read again behind it.
//
//   const channels = useGet<{ channels: Channel[] }>(at`/accounts/${account}/channels`);
//   channels.data, channels.error, channels.loading; channels.reload()
//
// An entry is shared by everybody who asks for the same path. `invalidate(prefix)` has all those that
// are shown read again: call it after a change, or when an event says that something changed.
import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { type ApiError, api, asApiError, type Query, withQuery } from "./client";
import { forgetPages } from "./kept_pages";

interface Entry {
  data: Signal<unknown>;
  error: Signal<ApiError | undefined>;
  loading: Signal<boolean>;
  users: number;
  under: AbortController | undefined;
  again: boolean; // asked for while it was read: once more after that
  going: boolean; // not read: what it is about is being taken away
}

const kept = 200; // entries that nobody shows, beyond those that are shown
const entries = new Map<string, Entry>();

function entryOf(key: string): Entry {
  const known = entries.get(key);
  if (known) {
    entries.delete(key); // the newest stand last
    entries.set(key, known);
    return known;
  }
  const made: Entry = {
    data: signal(undefined),
    error: signal(undefined),
    loading: signal(false),
    users: 0,
    under: undefined,
    again: false,
    going: false,
  };
  entries.set(key, made);
  return made;
}

function forget(): void {
  for (const [key, entry] of entries) {
    if (entries.size <= kept) return;
    if (entry.users === 0) entries.delete(key);
  }
}

async function read(key: string, entry: Entry): Promise<void> {
  if (entry.going) return;
  if (entry.under) {
    entry.again = true;
    return;
  }
  const under = new AbortController();
  entry.under = under;
  entry.loading.value = true;
  try {
    entry.data.value = await api.get(key, undefined, under.signal);
    entry.error.value = undefined;
  } catch (error) {
    if (under.signal.aborted) return;
    entry.error.value = asApiError(error);
  }
  entry.under = undefined;
  entry.loading.value = false;
  if (!entry.again) return;
  entry.again = false;
  await read(key, entry);
}

export interface Got<T> {
  data: T | undefined; // of the last success, also while `error` tells of a later failure
  error: ApiError | undefined;
  loading: boolean;
  reload: () => Promise<void>;
  set: (data: T) => void; // when an answer to a change says how it is now
}

// null: nothing to read yet.
export function useGet<T>(path: string | null, query?: Query): Got<T> {
  const key = path === null ? null : withQuery(path, query);
  const entry = useMemo(() => (key === null ? undefined : entryOf(key)), [key]);
  useEffect(() => {
    if (!entry || key === null) return;
    entry.users++;
    if (!entry.under) void read(key, entry);
    return () => {
      entry.users--;
      if (entry.users === 0) entry.again = false; // nobody sees it, and it may be gone by then
      forget();
    };
  }, [entry, key]);
  return {
    data: entry?.data.value as T | undefined,
    error: entry?.error.value,
    loading: key !== null && (entry?.loading.value || (!entry?.data.value && !entry?.error.value)) === true,
    reload: async () => {
      if (entry && key !== null) await read(key, entry);
    },
    set: (data) => {
      if (entry) entry.data.value = data;
    },
  };
}

type Reader = (prefix: string) => void;
const readers = new Set<Reader>();

// For what keeps its data elsewhere: `reread` is called when a path that begins `path` is invalidated.
export function useInvalidation(path: string | null, reread: () => void): void {
  const latest = useRef(reread);
  latest.current = reread;
  useEffect(() => {
    if (path === null) return;
    const reader: Reader = (prefix) => {
      if (path.startsWith(prefix)) latest.current();
    };
    readers.add(reader);
    return () => {
      readers.delete(reader);
    };
  }, [path]);
}

// Everything whose path begins so, and is shown, is read again; the rest is forgotten.
export function invalidate(prefix: string): void {
  for (const reader of [...readers]) reader(prefix);
  for (const [key, entry] of entries) {
    if (!key.startsWith(prefix)) continue;
    if (entry.users > 0) void read(key, entry);
    else entries.delete(key);
  }
}

// Does what makes the path go, and has nothing at or below it read meanwhile: the answer would be that it
// is not there. When the work fails, what is shown is read again.
export async function takeAway<T>(path: string, work: () => Promise<T>): Promise<T> {
  const isOf = (key: string) => key === path || key.startsWith(`${path}/`) || key.startsWith(`${path}?`);
  const its = [...entries].filter(([key]) => isOf(key));
  for (const [, entry] of its) {
    entry.going = true;
    entry.again = false;
    entry.under?.abort();
    entry.under = undefined;
    entry.loading.value = false;
  }
  try {
    const done = await work();
    for (const [key, entry] of its) if (entries.get(key) === entry) entries.delete(key);
    return done;
  } catch (error) {
    for (const [key, entry] of its) {
      entry.going = false;
      if (entry.users > 0) void read(key, entry);
    }
    throw error;
  }
}

export function forgetAll(): void {
  for (const entry of entries.values()) entry.under?.abort();
  entries.clear();
  forgetPages();
}
