import { expect, test } from "vitest";
import { joinPages } from "./join_pages";

const join = (page: string, old: string, isAll = false) => {
  const { items, cut } = joinPages([...page], [...old], (letter) => letter, isAll);
  return `${items.join("")}${cut ? "|" : ""}`;
};

test("what is new comes on top, what was below stays", () => {
  expect(join("zabc", "abcdef")).toBe("zabcdef");
  expect(join("abc", "abcdef")).toBe("abcdef");
});

test("what is gone within the page goes", () => {
  expect(join("acd", "abcdef")).toBe("acdef");
});

test("what is gone at the end goes, where the page is all there is", () => {
  expect(join("ab", "abc", true)).toBe("ab|");
  expect(join("zab", "abc", true)).toBe("zab|");
});

test("when the old does not reach the page, it goes: there would be a hole", () => {
  expect(join("xyz", "abc")).toBe("xyz|");
  expect(join("abc", "")).toBe("abc|");
  expect(join("", "abc")).toBe("|");
  expect(join("abc", "abc")).toBe("abc|");
});
