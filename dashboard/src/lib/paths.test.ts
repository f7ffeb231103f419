import { expect, test } from "vitest";
import { fill, match, paramsOf } from "./paths";

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
});
