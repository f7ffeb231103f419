// Live events in components.
import { useEffect, useRef } from "preact/hooks";
import { invalidate } from "@/api/query";
import type { LoggedEvent } from "@/api/types";
import type { EventName } from "./names";
import { listen } from "./stream";

// `onGap`: events were missed, read anew. Both may change between draws; they are not listened to twice.
export function useEvents(
  names: readonly EventName[] | undefined,
  onEvents: (events: LoggedEvent[]) => void,
  onGap?: () => void,
): void {
  const handlers = useRef({ onEvents, onGap });
  handlers.current = { onEvents, onGap };
  const key = names?.join();
  useEffect(
    () =>
      listen({
        names: key === undefined ? undefined : new Set(key.split(",")),
        onEvents: (events) => handlers.current.onEvents(events),
        onGap: () => handlers.current.onGap?.(),
      }),
    [key],
  );
}

// Has what was read below `path` read again when one of these happens, at most twice a second.
export function useReread(names: readonly EventName[], path: string | null): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (path !== null) invalidate(path);
    }, 500);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvents(names, soon, soon);
}
