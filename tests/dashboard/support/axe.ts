import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

// No rule of axe-core is broken by what is on the page now.
export async function expectAccessible(page: Page): Promise<void> {
  // In the page itself: there are no frames to look into.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 300)}\n${failureSummary}`),
  }));
  expect(told, "what axe-core found").toEqual([]);
}
