import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plural, reasons, reasonText, stateOf, words } from "./names";

test("every reason that the documentation lists has its words", () => {
  for (const page of ["native-channels", "cloud-channels"]) {
    const text = readFileSync(new URL(`../../../docs/${page}.md`, import.meta.url), "utf8");
    const table = text.split("## When it is not connected")[1]?.split("\n## ")[0] ?? "";
    const named = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) =>
      [...(cell ?? "").matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ""),
    );
    expect(named.length).toBeGreaterThan(5);
    for (const reason of named) expect(Object.keys(reasons)).toContain(reason);
  }
});

test("a name that is not known is shown with its words apart", () => {
  expect(reasonText("strange_new_thing")).toBe("Strange new thing.");
  expect(reasonText(null)).toBe("");
  expect(stateOf("strange_state")).toEqual({ text: "Strange state", tone: "plain" });
  expect(words("a-b_c")).toBe("A b c");
});

test("figures have their noun", () => {
  expect([plural(0, "event"), plural(1, "event"), plural(2, "delivery", "deliveries")]).toEqual([
    "0 events",
    "1 event",
    "2 deliveries",
  ]);
});
