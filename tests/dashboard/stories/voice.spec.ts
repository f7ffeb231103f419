// A voice message is recorded in the inbox. The browser has a microphone that beeps.
import { expectAccessible } from "../support/axe";
import { test as base, expect } from "../support/fixtures";
import type { Answer, Gateway } from "../support/gateway";

const paul = { number: "+15550651", name: "Paul" };

const test = base.extend<object, { person: void }>({
  person: [
    async ({ gateway }, use) => {
      await gateway.sim("POST", "/people", paul);
      await use();
    },
    { scope: "worker", auto: true },
  ],
});

async function heardBy(gateway: Gateway): Promise<Answer[]> {
  const { messages } = await gateway.sim("GET", `/people/${encodeURIComponent(paul.number)}/inbox`);
  return messages;
}

test.use({
  launchOptions: {
    executablePath: process.env.DASHBOARD_CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
  permissions: ["microphone"],
});

test("a voice message is recorded, and arrives as one that phones play", async ({ ui: page, gateway }) => {
  const before = (await heardBy(gateway)).length;
  const { channel_id } = await gateway.channel();
  const chat = `${paul.number.slice(1)}@s.whatsapp.net`;
  await page.goto(`/ui/inbox/${channel_id}/${encodeURIComponent(chat)}`);

  // Thrown away: nothing is sent, and one may write again.
  await page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(page.getByRole("timer")).toContainText("Recording 0:0");
  await page.getByRole("button", { name: "Throw it away" }).click();
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();

  await page.getByRole("button", { name: "Record a voice message" }).click();
  await expect(page.getByRole("timer")).toContainText("Recording 0:02");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send the voice message" }).click();
  const player = page.locator("audio[aria-label='Voice message']").last();
  await expect(player).toBeVisible();
  await expect
    .poll(() => player.evaluate((element) => (element as HTMLAudioElement).duration))
    .toBeGreaterThan(1);
  await expect.poll(async () => (await heardBy(gateway)).length).toBe(before + 1);
  const message = (await heardBy(gateway)).at(-1);
  expect(message).toMatchObject({ kind: "audio", media: { mime_type: "audio/ogg", voice: true } });
  // Not only by its name: the browser records WebM.
  const bytes = await page.request.get((await player.getAttribute("src")) ?? "");
  expect((await bytes.body()).subarray(0, 4).toString()).toBe("OggS");
});
