import type { Locator, Page } from "@playwright/test";

// What the log of events shows, newest first.
export function eventRows(page: Page): Locator {
  return page.getByRole("region", { name: "Events, newest first" }).getByRole("listitem");
}
