import { expect, test } from "vitest";
import { knownTimes, meanOf, milliseconds, newest, perSecond, rate, timesOf } from "./series";

test("samples have their times, and their newest part", () => {
  const times = timesOf("2027-01-15T08:00:00Z", 5, 3);
  expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 5, 10]);
  expect(newest([1, 2, 3, 4], 5, 10)).toEqual([3, 4]);
  expect(newest([1, 2], 5, 3600)).toEqual([1, 2]);
});

test("what is not known stays unknown", () => {
  expect(perSecond([10, null, 0], 5)).toEqual([2, null, 0]);
  expect(meanOf([1, null, 3], 2)).toBe(3);
  expect(meanOf([null], 5)).toBeUndefined();
  expect(meanOf([], 5)).toBeUndefined();
  expect(knownTimes([0, 1.5, null])).toEqual([null, 1.5, null]);
});

test("figures are as exact as it matters", () => {
  expect([0, 0.444, 5.03, 12.3, 1234].map(rate)).toEqual(["0", "0.44", "5", "12", "1,234"]);
  expect([0.25, 12.3, 2500].map(milliseconds)).toEqual(["0.3 ms", "12 ms", "2.5 s"]);
});
