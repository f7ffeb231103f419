import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LoggedEvent } from "@/api/types";

// The stream against a browser and a server that are made up, on virtual time.

class FakeSource {
  static made: FakeSource[] = [];
  onopen?: () => void;
  onerror?: () => void;
  closed = false;
  private handlers = new Map<string, (message: { data: string }) => void>();
  constructor(readonly url: string) {
    FakeSource.made.push(this);
  }
  addEventListener(name: string, handler: (message: { data: string }) => void) {
    this.handlers.set(name, handler);
  }
  close() {
    this.closed = true;
  }
  tell(position: number, name = "call") {
    this.handlers.get(name)?.({ data: JSON.stringify({ position, name }) });
  }
}

let log = { oldest: 1, last: 10 };
let status = 200;
const visibility = { hidden: false, listeners: new Set<() => void>() };
const fetched = async () => ({
  ok: status === 200,
  status,
  headers: new Headers(),
  json: async () =>
    status === 200 ? { events: log } : { error: { code: "unauthenticated", message: "", faults: [] } },
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  FakeSource.made = [];
  log = { oldest: 1, last: 10 };
  status = 200;
  visibility.hidden = false;
  visibility.listeners.clear();
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("document", {
    get hidden() {
      return visibility.hidden;
    },
    addEventListener: (_name: string, listener: () => void) => visibility.listeners.add(listener),
    removeEventListener: (_name: string, listener: () => void) => visibility.listeners.delete(listener),
  });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("removeEventListener", () => undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function start() {
  const stream = await import("./stream");
  const told: (number | "gap")[] = [];
  stream.listen({
    names: undefined,
    onEvents: (events: LoggedEvent[]) => told.push(...events.map((event) => event.position)),
    onGap: () => told.push("gap"),
  });
  stream.startLive(7);
  await vi.advanceTimersByTimeAsync(0);
  newest().onopen?.();
  return { stream, told };
}

function newest(): FakeSource {
  const source = FakeSource.made.at(-1);
  if (!source) throw new Error("there is no source");
  return source;
}

function show(hidden: boolean) {
  visibility.hidden = hidden;
  for (const listener of visibility.listeners) listener();
}

test("events come in batches, to those who asked for their names", async () => {
  const { stream, told } = await start();
  const calls: string[] = [];
  stream.listen({
    names: new Set(["call"]),
    onEvents: (events) => calls.push(events.map((e) => e.name).join()),
  });
  newest().tell(1);
  newest().tell(2, "chat.changed");
  newest().tell(3);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toEqual([1, 2, 3]);
  expect(calls).toEqual(["call,call"]);
  expect(newest().url).toBe("/parley/v1/events/stream?after=7");
  expect(stream.liveState.value).toBe("live");
});

test("a lost connection is made again after the last position", async () => {
  const { stream, told } = await start();
  newest().tell(8);
  newest().onerror?.();
  expect(newest().closed).toBe(true);
  expect(stream.liveState.value).toBe("reconnecting");
  await vi.advanceTimersByTimeAsync(1000);
  expect(FakeSource.made.length).toBe(2);
  expect(newest().url).toContain("after=8");
  newest().onopen?.();
  newest().tell(9);
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toEqual([8, 9]);
  expect(stream.liveState.value).toBe("live");
});

test("a connection that is lost before it told anything misses nothing either", async () => {
  await start();
  newest().onerror?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(FakeSource.made.length).toBe(2);
  expect(newest().url).toContain("after=7");
});

test.each([
  ["too much was missed", { oldest: 1, last: 20_000 }],
  ["the log does not go back that far", { oldest: 9000, last: 9001 }],
  ["it is another log", { oldest: 1, last: 3 }],
])("when %s, one goes on from now and is told of a gap", async (_why, then) => {
  const { told } = await start();
  newest().tell(8);
  await vi.advanceTimersByTimeAsync(100);
  log = then;
  newest().onerror?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(newest().url).toContain(`after=${then.last}`);
  expect(told).toEqual([8, "gap"]);
});

test("while the server is away one tries again, less and less often", async () => {
  const { stream } = await start();
  status = 503;
  newest().onerror?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSource.made.length).toBe(1); // the server is asked first
  expect(stream.liveState.value).toBe("reconnecting");
  status = 200;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(FakeSource.made.length).toBe(2);
});

test("a page that lies hidden lets go of its connection, and has it again when it is seen", async () => {
  await start();
  newest().tell(8);
  show(true);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(newest().closed).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(newest().closed).toBe(true);
  show(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSource.made.length).toBe(2);
  expect(newest().url).toContain("after=8");
});

test("the session's end ends it", async () => {
  const { stream } = await start();
  const { onSignedOut } = await import("@/api/client");
  onSignedOut(() => stream.stopLive());
  status = 401;
  newest().onerror?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stream.liveState.value).toBe("off");
  expect(FakeSource.made.length).toBe(1);
});
