import { expect, test } from "vitest";
import { fill, match, pageKey, paramsOf } from "./paths";

const pattern = "/accounts/:account/channels/:channel";

test("a path that fits gives its parameters, decoded", () => {
  expect(match(pattern, "/accounts/a1/channels/x%20y")).toEqual({ account: "a1", channel: "x y" });
  expect(match("/", "/")).toEqual({});
  expect(match("/events", "/events/")).toEqual({});
});

test("a path that is longer, shorter, other, empty in a parameter or badly encoded does not fit", () => {
  for (const path of [
    "/accounts/a1/channels",
    "/accounts/a1/channels/c1/more",
    "/accounts/a1/groups/c1",
    "/accounts//channels/c1",
    "/accounts/%E0%A4/channels/c1",
  ])
    expect(match(pattern, path)).toBeUndefined();
});

test("filling in is the other way round", () => {
  expect(paramsOf(pattern)).toEqual(["account", "channel"]);
  const path = fill(pattern, { account: "a/1", channel: "c" });
  expect(path).toBe("/accounts/a%2F1/channels/c");
  expect(match(pattern, path)).toEqual({ account: "a/1", channel: "c" });
  expect(() => fill(pattern, { account: "a" })).toThrow("channel");
  expect(fill("/", {})).toBe("/");
});

test("optional parameters may be missing from the end", () => {
  const inbox = "/inbox/:channel?/:chat?";
  expect(paramsOf(inbox)).toEqual(["channel", "chat"]);
  expect(match(inbox, "/inbox")).toEqual({});
  expect(match(inbox, "/inbox/c")).toEqual({ channel: "c" });
  expect(match(inbox, "/inbox/c/x")).toEqual({ channel: "c", chat: "x" });
  expect(match(inbox, "/inbox/c/x/y")).toBeUndefined();
  expect(match(inbox, "/inbox//x")).toBeUndefined();
  expect(fill(inbox, {})).toBe("/inbox");
  expect(fill(inbox, { channel: "c" })).toBe("/inbox/c");
  expect(pageKey(inbox, { channel: "c", chat: "x" })).toBe("/inbox");
  expect(pageKey(pattern, { account: "a", channel: "c" })).toBe("/accounts/a/channels/c");
});
