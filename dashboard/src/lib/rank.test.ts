import { expect, test } from "vitest";
import { rank } from "./rank";

const words = ["Demo Shop +15550201", "Shop", "Workshop", "Events"];
const found = (query: string) => rank(words, query, (word) => word);

test("the beginning counts most, then beginnings of words", () => {
  expect(found("shop")).toEqual(["Shop", "Demo Shop +15550201", "Workshop"]);
  expect(found("1555")).toEqual(["Demo Shop +15550201"]);
  expect(found(" ")).toEqual(words);
  expect(found("nothing")).toEqual([]);
});
