// Every page of the page's own list, in each look: nothing goes wrong, nothing sticks out, nothing
// that axe-core objects to. The pictures are kept with the run.
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { routes } from "../../../dashboard/src/routes";
import { expectAccessible } from "../support/axe";
import { test as base, expect, live, openSignedIn } from "../support/fixtures";
import { fill, furnish, places, type Values } from "../support/places";
import { Receiver } from "../support/receiver";
import { Watch } from "../support/watch";

const looks = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

const pictures = process.env.DASHBOARD_SCREENSHOTS ?? "screenshots";

const test = base.extend<object, { values: Values }>({
  values: [
    async ({ gateway }, use) => {
      const receiver = await Receiver.start();
      await use(await furnish(gateway, receiver));
      receiver.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test("the list of pages is the one that the program has", async ({ ui }) => {
  await ui.goto("/ui/");
  const known = await ui.evaluate(() => (globalThis as never as { parleyRoutes: unknown }).parleyRoutes);
  expect(known).toEqual(routes.map(({ path, title }) => ({ path, title })));
});

for (const [look, options] of Object.entries(looks))
  test.describe(look, () => {
    let context: BrowserContext;
    test.beforeAll(async ({ browser, signedIn }) => {
      context = await openSignedIn(browser, signedIn, { ...options, reducedMotion: "reduce" });
    });
    test.afterAll(() => context.close());

    for (const { name, path } of places)
      test(`${name} in ${look}`, async ({ gateway, values }) => {
        const page = await context.newPage();
        const watch = await Watch.over(page, gateway.url);
        await page.goto(gateway.url + fill(path, values));
        await expect(page.getByRole("heading").first()).toBeVisible();
        await expect(live(page)).toBeVisible();
        const unfinished = page.locator(".skeleton-space");
        await expect(unfinished).toHaveCount(0);
        await watch.quiet();
        await expect(unfinished).toHaveCount(0);
        await page.screenshot({ path: join(pictures, look, `${name}.png`) });

        // A phone lays out a page that is too wide in more pixels than it has, and makes them smaller.
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, "pixels that the page is wide").toBeLessThanOrEqual(options.viewport.width);
        await expectAccessible(page);
        watch.check();
        await page.close();
      });
  });
