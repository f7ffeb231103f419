// What programs call and what is posted to their webhooks, as it happens: a stream of its own, open only
// while something listens and the page is looked at. The newest hundred are told at its start, so that after
// a break nothing is missing; what is known already is left out.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, urlOf } from "@/api/client";
import { backoffMs } from "@/lib/backoff";

export interface ActivityCall {
  id: string | number;
  at: string;
  api: string; // 2chat, wapio, 1msg, admin or simulator
  method: string;
  path: string;
  status: number;
  duration_ms: number;
  account_id?: string | null;
  request?: string | null; // bodies are told in a demo only
  response?: string | null;
}

export interface ActivityDelivery {
  id: string | number;
  at: string;
  subscription_id: string;
  account_id: string;
  dialect: string;
  name: string;
  url: string;
  attempt: number;
  status?: number | null;
  error?: string | null;
  duration_ms: number;
  request?: string | null;
  response?: string | null;
}

export type Activity =
  | ({ type: "call"; key: string } & ActivityCall)
  | ({ type: "delivery"; key: string } & ActivityDelivery);

const types = ["call", "delivery"] as const;
const batchMs = 100;
const seenAtMost = 2000;

export type ActivityState = "connecting" | "live" | "away";

// `onActivity` gets what is new, oldest first, at most ten times a second.
export function useActivity(onActivity: (batch: Activity[]) => void): ActivityState {
  const [state, setState] = useState<ActivityState>("connecting");
  const latest = useRef(onActivity);
  latest.current = onActivity;
  useEffect(() => follow((batch) => latest.current(batch), setState), []);
  return state;
}

function follow(tell: (batch: Activity[]) => void, setState: (state: ActivityState) => void): () => void {
  const seen = new Set<string>();
  let source: EventSource | undefined;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let batch: Activity[] = [];
  let over = false;

  const flush = () => {
    flushing = undefined;
    const told = batch;
    batch = [];
    tell(told);
  };
  const take = (type: Activity["type"]) => (message: MessageEvent<string>) => {
    const told = JSON.parse(message.data);
    const key = `${type} ${told.id}`;
    if (seen.has(key)) return;
    seen.add(key);
    if (seen.size > seenAtMost) seen.delete(seen.values().next().value as string);
    batch.push({ ...told, type, key });
    flushing ??= setTimeout(flush, batchMs);
  };
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = () => {
    if (source || over || document.hidden) return;
    const made = new EventSource(urlOf("/activity/stream"));
    source = made;
    made.onopen = () => {
      attempt = 0;
      setState("live");
    };
    made.onerror = () => {
      if (source !== made) return;
      close();
      setState("away");
      // An EventSource does not say when the session has ended; a call does.
      void api.get("/node").catch(() => undefined);
      retry = setTimeout(open, backoffMs(attempt++, Math.random()));
    };
    for (const type of types) made.addEventListener(type, take(type));
  };
  const onVisibility = () => (document.hidden ? close() : open());

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    over = true;
    close();
    clearTimeout(flushing);
    document.removeEventListener("visibilitychange", onVisibility);
  };
}
