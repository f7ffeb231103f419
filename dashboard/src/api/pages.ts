// Lists that come page by page: the first at once, more by `loadMore`. The cursor is passed on as it was
// given, in the parameter that the list calls it by.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, asApiError, type Query, withQuery } from "./client";

interface State<T> {
  items: T[];
  next: string | number | undefined;
  loading: boolean;
  loaded: boolean;
  error: ApiError | undefined;
}

export interface Pages<T> extends State<T> {
  loadMore: () => void;
  reload: () => void;
  update: (change: (items: T[]) => T[]) => void;
}

export interface PageOptions {
  query?: Query;
  limit?: number;
  cursor?: "after" | "before";
  field: string; // of the answer, with the items
}

const start = { items: [], next: undefined, loading: true, loaded: false, error: undefined };

export function usePages<T>(path: string | null, options: PageOptions): Pages<T> {
  const { field, cursor = "after", limit = 50 } = options;
  const key = path === null ? null : withQuery(path, { ...options.query, limit });
  const [state, setState] = useState<State<T>>(start);
  const under = useRef<AbortController | undefined>(undefined);

  const read = useCallback(
    async (from: string | number | undefined) => {
      if (key === null) return;
      under.current?.abort();
      const mine = new AbortController();
      under.current = mine;
      setState((old) => ({ ...old, loading: true }));
      try {
        const where = from === undefined ? key : `${key}&${cursor}=${encodeURIComponent(from)}`;
        const page = await api.get<Record<string, unknown>>(where, undefined, mine.signal);
        if (under.current !== mine) return;
        const items = (page[field] ?? []) as T[];
        const next = (page.next ?? undefined) as string | number | undefined;
        setState((old) => ({
          items: from === undefined ? items : [...old.items, ...items],
          next: items.length > 0 ? next : undefined,
          loading: false,
          loaded: true,
          error: undefined,
        }));
      } catch (error) {
        if (under.current !== mine) return;
        setState((old) => ({ ...old, loading: false, loaded: true, error: asApiError(error) }));
      }
    },
    [key, field, cursor],
  );

  useEffect(() => {
    setState(start);
    void read(undefined);
    return () => under.current?.abort();
  }, [read]);

  return {
    ...state,
    loadMore: () => {
      if (state.next !== undefined && !state.loading) void read(state.next);
    },
    reload: () => void read(undefined),
    update: (change) => setState((old) => ({ ...old, items: change(old.items) })),
  };
}
