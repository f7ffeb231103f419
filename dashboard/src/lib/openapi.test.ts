import { expect, test } from "vitest";
import { cut, type Description, operations } from "./openapi";

const whole: Description = {
  openapi: "3.1.0",
  info: { title: "All", version: "1" },
  tags: [{ name: "a" }, { name: "b" }],
  paths: {
    "/things": {
      get: { summary: "List things", tags: ["a"], security: [{ key: [] }] },
      post: { summary: "Make a thing", tags: ["a"] },
    },
    "/others/{id}": { get: { summary: "Get another", tags: ["b"] } },
  },
  components: { securitySchemes: { key: { type: "http" } } },
};

test("one API is cut out, below its server", () => {
  const part = cut(whole, { tag: "a", server: "https://host/x" });
  expect(Object.keys(part.paths)).toEqual(["/things"]);
  expect(part.tags).toEqual([{ name: "a" }]);
  expect(part.servers).toEqual([{ url: "https://host/x" }]);
  expect(operations(part)).toBe(2);
});

test("all words have to be in it, in any order and case", () => {
  expect(operations(cut(whole, { query: "THING post", server: "" }))).toBe(1);
  expect(operations(cut(whole, { query: "another", server: "" }))).toBe(1);
  expect(operations(cut(whole, { query: "another thing", server: "" }))).toBe(0);
  expect(operations(cut(whole, { query: "  ", server: "" }))).toBe(3);
});

test("a scheme takes the place of what operations say", () => {
  const part = cut(whole, { tag: "b", server: "", scheme: { name: "token", scheme: { type: "http" } } });
  expect(part.paths["/others/{id}"]?.get?.security).toEqual([{ token: [] }]);
  expect(part.components?.securitySchemes).toEqual({ token: { type: "http" } });
  expect(whole.paths["/others/{id}"]?.get?.security).toBeUndefined();
});
