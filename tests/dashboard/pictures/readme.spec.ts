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

test("phones", async ({ ui, uiWatch, gateway }) => {
  const [ana = { number: "" }] = gateway.demo.people;
  const shop = gateway.demo.twochat.number;
  await ui.goto(`/ui/phones/${encodeURIComponent(ana.number)}?chat=${encodeURIComponent(shop)}`);
  const conversation = ui.getByRole("region", { name: "Messages" });
  for (const [from, text] of [
    [ana.number, "Good morning. Is the blue bicycle still there?"],
    [shop, "Good morning, Ana. Yes, it is."],
    [ana.number, "Then I come by at five"],
    [shop, "We keep it for you until then"],
  ] as const) {
    if (from === shop)
      await gateway.twochat("POST", "/open/whatsapp/send-message", {
        from_number: shop,
        to_number: ana.number,
        text,
      });
    else await gateway.sim("POST", `/people/${from}/send`, { to: shop, kind: "text", text });
    await expect(conversation.getByText(text)).toBeVisible();
  }
  await uiWatch.quiet();
  await take(ui, "phones");
});

test("overview", async ({ ui, uiWatch, gateway }) => {
  const { number } = gateway.demo.twochat;
  await ui.goto("/ui/");
  // Some samples of the server's own, which it takes every five seconds.
  await expect
    .poll(
      async () => {
        for (const person of gateway.demo.people)
          await gateway.sim("POST", `/people/${person.number}/send`, {
            to: number,
            kind: "text",
            text: "Hello",
          });
        return (await gateway.admin("GET", "/overview")).series.received.length;
      },
      { timeout: 180_000, intervals: [400, 900, 200, 1500, 300] },
    )
    .toBeGreaterThan(12);
  await uiWatch.quiet();
  await take(ui, "overview");
});
