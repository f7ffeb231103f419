import { expect, test } from "vitest";
import { fromLocalField, toLocalField } from "./local_time";

test("a time goes into a field and comes back as it was, to the minute", () => {
  const at = "2026-03-05T07:09:00.000Z";
  expect(toLocalField(at)).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
  expect(fromLocalField(toLocalField(at))).toBe(at);
});

test("no time is an empty field, and the other way round", () => {
  expect(toLocalField(null)).toBe("");
  expect(toLocalField("never")).toBe("");
  expect(fromLocalField(" ")).toBeNull();
});

test("what is no time is left to the server to refuse", () => {
  expect(fromLocalField("soon")).toBe("soon");
});
