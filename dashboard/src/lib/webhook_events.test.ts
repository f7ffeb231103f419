import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dialectNames } from "./names";
import { webhookEvents } from "./webhook_events";

test("the events are those that the gateway's own table prints", () => {
  const printed = readFileSync(new URL("../../../docs/api/events.md", import.meta.url), "utf8");
  for (const [dialect, names] of Object.entries(webhookEvents)) {
    const found = printed.matchAll(new RegExp(`^### ${dialectNames[dialect]}: \`(.+)\`$`, "gm"));
    expect(names).toEqual([...found].map((match) => match[1]));
  }
});
