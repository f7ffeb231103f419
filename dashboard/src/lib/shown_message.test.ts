import { describe, expect, test } from "vitest";
import { bytesText, initialsOf, lineOf, rowsOf, type ShownMessage } from "./shown_message";

const minute = 60_000;
const noon = new Date(2026, 10, 26, 12).getTime();

function message(id: string, at: number, more: Partial<ShownMessage> = {}): ShownMessage {
  return {
    id,
    mine: false,
    author: "",
    kind: "text",
    text: "Hi",
    content: {},
    at,
    edited: false,
    deleted: false,
    reactions: [],
    ...more,
  };
}

describe("rows of a conversation", () => {
  test("each day has its separator", () => {
    const rows = rowsOf([message("a", noon - 24 * 60 * minute), message("b", noon), message("c", noon)]);
    expect(rows.map((row) => row.type)).toEqual(["day", "message", "day", "message", "message"]);
  });
  test("a run ends with another author, another side, and five minutes", () => {
    const rows = rowsOf([
      message("a", noon),
      message("b", noon + minute),
      message("c", noon + 7 * minute),
      message("d", noon + 7 * minute, { author: "Ben" }),
      message("e", noon + 7 * minute, { mine: true }),
    ]);
    const starts = rows.filter((row) => row.type === "message" && row.startsRun).map((row) => row.key);
    expect(starts).toEqual(["a", "c", "d", "e"]);
  });
});

test("a line of a message names its kind", () => {
  expect(lineOf({ kind: "text", text: "Hi" })).toBe("Hi");
  expect(lineOf({ kind: "image", text: "Look" })).toBe("Photo: Look");
  expect(lineOf({ kind: "audio", text: "" })).toBe("Audio");
  expect(lineOf({ kind: "something_new", text: "" })).toBe("Something new");
  expect(lineOf({ kind: "text", text: "Hi", deleted: true })).toBe("Deleted");
});

test("initials", () => {
  expect(initialsOf("Ana Lima")).toBe("AL");
  expect(initialsOf("+15550100")).toBe("1");
  expect(initialsOf("")).toBe("?");
});

test("sizes", () => {
  expect([12, 2345, 45_678, 3_200_000].map(bytesText)).toEqual(["12 B", "2.3 kB", "46 kB", "3.2 MB"]);
});
