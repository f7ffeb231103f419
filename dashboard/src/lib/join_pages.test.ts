import { expect, test } from "vitest";
import { joinPages } from "./join_pages";

const join = (page: string, old: string) => {
  const { items, cut } = joinPages([...page], [...old], (letter) => letter);
  return `${items.join("")}${cut ? "|" : ""}`;
};

test("what is new comes on top, what was below stays", () => {
  expect(join("zabc", "abcdef")).toBe("zabcdef");
  expect(join("abc", "abcdef")).toBe("abcdef");
});

test("what is gone within the page goes", () => {
  expect(join("acd", "abcdef")).toBe("acdef");
});

test("when the old does not reach the page, it goes: there would be a hole", () => {
  expect(join("xyz", "abc")).toBe("xyz|");
  expect(join("abc", "")).toBe("abc|");
  expect(join("", "abc")).toBe("|");
  expect(join("abc", "abc")).toBe("abc|");
});
