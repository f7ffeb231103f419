import { expect, test } from "vitest";
import { pretty, tokens } from "./json_tokens";

test("tokens together are the text, with each kind told apart", () => {
  const text = pretty({ 'a"b': [1, -2.5e3, true, null, "x: 1"], c: {} });
  const found = tokens(text);
  expect(found.map((token) => token.text).join("")).toBe(text);
  expect(found.filter((token) => token.kind !== "plain").map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'key "a\\"b"',
    "number 1",
    "number -2500",
    "word true",
    "word null",
    'string "x: 1"',
    'key "c"',
  ]);
});

test("what is no JSON stays as it is", () => {
  expect(pretty("<html>")).toBe("<html>");
  expect(
    tokens('not "closed')
      .map((token) => token.text)
      .join(""),
  ).toBe('not "closed');
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
});
