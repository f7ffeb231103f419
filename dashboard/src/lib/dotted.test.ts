import { expect, test } from "vitest";
import { get, set } from "./dotted";

test("members are read by their path", () => {
  const object = { a: { b: [1] }, c: null };
  expect(get(object, "a.b")).toEqual([1]);
  expect(get(object, "c.d")).toBeUndefined();
  expect(get(object, "a.x.y")).toBeUndefined();
});

test("writing copies what is on the way and makes what is missing", () => {
  const object: Record<string, unknown> = { a: { b: 1 }, c: { d: 2 } };
  const changed = set(object, "a.b", 3);
  expect(changed).toEqual({ a: { b: 3 }, c: { d: 2 } });
  expect(object).toEqual({ a: { b: 1 }, c: { d: 2 } });
  expect(changed.c).toBe(object.c);
  expect(set(object, "x.y", true)).toEqual({ ...object, x: { y: true } });
});

test("members of lists are named by their place", () => {
  const start = { poll: { options: ["Mon", "Tue"] } };
  expect(get(start, "poll.options[1]")).toBe("Tue");
  expect(set(start, "poll.options[0]", "Wed")).toEqual({ poll: { options: ["Wed", "Tue"] } });
  expect(start.poll.options[0]).toBe("Mon");
});

test("a list stays one", () => {
  const object = { list: [{ a: 1 }, { a: 2 }] };
  expect(set(object, "list.1.a", 3)).toEqual({ list: [{ a: 1 }, { a: 3 }] });
  expect(object.list[1]).toEqual({ a: 2 });
});
