import { expect, test } from "vitest";
import { uniqueBy } from "./unique_by";

test("the first of each key stays", () => {
  const items = ["b1", "a1", "b2"];
  expect(uniqueBy(items, (item) => item.charAt(0))).toEqual(["b1", "a1"]);
});
