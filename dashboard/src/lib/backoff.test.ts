import { expect, test } from "vitest";
import { backoffMs } from "./backoff";

test("waits double up to their bound", () => {
  expect([0, 1, 2, 5, 6, 1000].map((attempt) => backoffMs(attempt, 0))).toEqual([
    500, 1000, 2000, 15_000, 15_000, 15_000,
  ]);
  expect(backoffMs(0, 1)).toBe(625);
});
