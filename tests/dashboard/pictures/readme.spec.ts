// Pictures for the README, of a gateway with something going on.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";

const folder = process.env.DASHBOARD_SCREENSHOTS ?? "images";

test.use({ viewport: { width: 1200, height: 750 } });

async function take(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await mkdir(folder, { recursive: true });
  const bytes = Buffer.from(data, "base64");
  expect(bytes.length, "bytes of the picture").toBeLessThan(100_000);
  await writeFile(join(folder, `${name}.webp`), bytes);
}

test("pairing", async ({ ui, uiWatch, gateway }) => {
  const account = await gateway.account();
  const path = `/accounts/${account}/channels`;
  const { channel_id } = await gateway.admin("POST", path, { label: "Bicycle shop", link: "simulated" });
  await ui.goto(`/ui${path}/${channel_id}`);
  await ui.getByRole("button", { name: "Show the QR code" }).click();
  await expect(ui.getByRole("img", { name: /QR code/ })).toBeVisible();
  await uiWatch.quiet();
  await take(ui, "pairing");
});
