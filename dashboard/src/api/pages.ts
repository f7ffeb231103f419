// Lists that come page by page: the first at once, more by `loadMore`. The cursor is passed on as it was
// given, in the parameter that the list calls it by.
//
//   const list = usePages<Key>(at`/accounts/${id}/keys`, { field: "keys", keyOf: (key) => key.fingerprint });
//
// `reload` reads the first page again and keeps what was loaded below it, unless that page is all there is.
import { useEffect, useRef, useState } from "preact/hooks";
import { joinPages } from "@/lib/join_pages";
import { type ApiError, api, asApiError, type Query, withQuery } from "./client";
import { keepPages, keptPages } from "./kept_pages";
import { useInvalidation } from "./query";

type Cursor = string | number | undefined;

interface State<T> {
  of: string | null; // the path that it was read from
  items: T[];
  next: Cursor;
  loading: boolean;
  loaded: boolean; // at least once, or failed to
  error: ApiError | undefined;
}

export interface Pages<T> extends State<T> {
  loadMore: () => void;
  reload: () => void;
}

export interface PageOptions<T> {
  field: string; // of the answer, with the items
  keyOf: (item: T) => string | number;
  query?: Query;
  limit?: number;
  cursor?: "after" | "before";
}

const nothing = { of: null, items: [], next: undefined, loading: true, loaded: false, error: undefined };

export function usePages<T>(path: string | null, options: PageOptions<T>): Pages<T> {
  const { field, cursor = "after", limit = 50 } = options;
  const key = path === null ? null : withQuery(path, { ...options.query, limit });
  const before = (): State<T> => keptPages<State<T>>(key) ?? { ...nothing, of: key };
  const [latest, setState] = useState(before);
  // Until the effects of another path have run, the state is still that of the path before.
  const state = latest.of === key ? latest : before();
  const under = useRef<AbortController | undefined>(undefined); // of the call under way
  const adds = useRef(false); // an older page, below what is there
  const again = useRef(false); // asked for while something was read: once more after that

  const read = async (from: Cursor) => {
    if (key === null) return;
    under.current?.abort();
    const mine = new AbortController();
    under.current = mine;
    adds.current = from !== undefined;
    setState((old) => ({ ...old, loading: true }));
    try {
      const where = from === undefined ? key : `${key}&${cursor}=${encodeURIComponent(from)}`;
      const page = await api.get<Record<string, unknown>>(where, undefined, mine.signal);
      if (under.current !== mine) return;
      const items = (page[field] ?? []) as T[];
      const next = items.length > 0 ? ((page.next ?? undefined) as Cursor) : undefined;
      setState((old) => ({
        ...old,
        ...joined(old, items, next, from),
        loading: false,
        loaded: true,
        error: undefined,
      }));
    } catch (error) {
      if (under.current !== mine) return;
      setState((old) => ({ ...old, loading: false, loaded: true, error: asApiError(error) }));
    }
    under.current = undefined;
    adds.current = false;
    if (!again.current) return;
    again.current = false;
    void read(undefined);
  };

  const joined = (old: State<T>, page: T[], next: Cursor, from: Cursor) => {
    if (from !== undefined) return { items: [...old.items, ...page], next };
    const { items, cut } = joinPages(page, old.items, options.keyOf, next === undefined);
    return { items, next: cut ? next : old.next };
  };

  useEffect(() => {
    setState(before());
    adds.current = false;
    again.current = false;
    void read(undefined);
    return () => {
      under.current?.abort();
      under.current = undefined;
    };
  }, [key]);

  useEffect(() => {
    if (key !== null && state.loaded && !state.error && !state.loading) keepPages(key, state);
  }, [key, state]);

  // What is under way goes first: who reloads often would never let it arrive.
  const reload = () => {
    if (under.current) again.current = true;
    else void read(undefined);
  };
  useInvalidation(key, reload);

  return {
    ...state,
    loadMore: () => {
      if (state.next === undefined || adds.current) return;
      again.current = under.current !== undefined; // it takes the place of what is under way
      void read(state.next);
    },
    reload,
  };
}
