import { expect, test } from "vitest";
import { filled, variablesOf } from "./template_text";

test("variables stand once, in their order", () => {
  expect(variablesOf("Hi {{1}}, see {{ 2 }} and {{1}}")).toEqual(["1", "2"]);
  expect(variablesOf("Hi {{name}}")).toEqual(["name"]);
  expect(variablesOf("Hi {1}")).toEqual([]);
});

test("what is filled in replaces them, what is not stays", () => {
  expect(filled("Hi {{1}}, see {{2}} {{1}}", ["Ana", ""])).toBe("Hi Ana, see {{2}} Ana");
});
