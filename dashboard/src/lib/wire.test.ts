import { expect, test } from "vitest";
import { doingOf, isAbout, type WireItem } from "./wire";

function call(more: object): WireItem {
  return {
    type: "call",
    key: "call 1",
    time: 0,
    id: 1,
    at: "2026-11-26T12:00:00Z",
    api: "wapio",
    method: "POST",
    path: "/api/send-message",
    status: 200,
    duration_ms: 1,
    ...more,
  };
}

function event(name: string, body: Record<string, unknown>) {
  return { position: 1, id: "e", name, at: "2026-11-26T12:00:00Z", account_id: "a", body };
}

test("a number is found in paths and bodies", () => {
  expect(isAbout(call({ request: '{"to":"+15550100"}' }), "+15550100")).toBe(true);
  expect(isAbout(call({ path: "/sim/people/%2B15550100/send" }), "+15550100")).toBe(true);
  expect(isAbout(call({ path: "/broken/%" }), "+15550100")).toBe(false);
  const told = event("call", { with: { phone: "15550100" } });
  expect(isAbout({ ...told, type: "event", key: "event 1", time: 0 }, "+15550100")).toBe(true);
});

test("what a phone does, in words", () => {
  expect(doingOf("/parley/v1/sim/people/+1/send", '{"text":"Hi"}')).toBe("writes: Hi");
  expect(doingOf("/parley/v1/sim/people/+1/presence", '{"presence":"composing"}')).toBe("types");
  expect(doingOf("/parley/v1/sim/people/+1/chats/+2", '{"action":"read"}')).toBe("reads the chat");
  expect(doingOf("/parley/v1/sim/people/+1/online", '{"online":false}')).toBe("goes offline");
  expect(doingOf("/parley/v1/sim/people/+1/send", "cut off {")).toBe("writes");
  expect(doingOf("/parley/v1/sim/faults", "{}")).toBe("");
});
