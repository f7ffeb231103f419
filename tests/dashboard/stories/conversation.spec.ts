import type { Locator, Page } from "@playwright/test";
import { PNG } from "pngjs";
import { expectAccessible } from "../support/axe";
import { expect } from "../support/fixtures";
import { bubble, chatWith, test, ticksOf, write } from "../support/sides";

async function colourOf(ticks: Locator): Promise<number[]> {
  const text = await ticks.evaluate((element) => getComputedStyle(element).color);
  return (text.match(/[\d.]+/g) ?? []).map(Number);
}

test("a conversation goes both ways, and the ticks turn blue once it is read", async ({
  inbox,
  phone,
  person,
}) => {
  const chat = chatWith(inbox, person.name);
  await write(phone, "Is the shop open today?");
  await expect(chat).toContainText("Is the shop open today?");
  await expect(chat).toContainText("1 unread");
  await chat.click();
  await expect(bubble(inbox, "Is the shop open today?")).toBeVisible();
  await expect(chat).not.toContainText("unread");

  await write(inbox, "Until six");
  await expect(bubble(phone, "Until six")).toBeVisible();
  const ticks = ticksOf(inbox, "Until six");
  await expect(ticks).toHaveText("Delivered");
  const [red = 0, , blue = 0] = await colourOf(ticks);
  expect(Math.abs(blue - red), "delivered is grey").toBeLessThan(60);

  await phone.getByRole("button", { name: "Mark as read" }).click();
  await expect(ticks).toHaveText("Read");
  const blueness = async () => {
    const [redAfter = 0, , blueAfter = 0] = await colourOf(ticks);
    return blueAfter - redAfter;
  };
  await expect.poll(blueness, "read is blue").toBeGreaterThan(100);

  await write(phone, "Then I come by");
  await expect(bubble(inbox, "Then I come by")).toBeVisible();
  await expectAccessible(inbox);
  await expectAccessible(phone);
});

function picture(red: number, green: number, blue: number): Buffer {
  const png = new PNG({ width: 96, height: 64 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([red, green, blue, 255], at);
  return PNG.sync.write(png);
}

async function expectPicture(page: Page, caption: string): Promise<void> {
  const image = bubble(page, caption).getByRole("img").first();
  await expect(image).toBeVisible();
  // Loaded and decoded, not only asked for.
  await expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
}

async function attachFile(page: Page, name: string, buffer: Buffer, caption: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message", exact: true }).fill(caption);
  await page.getByLabel("Files to send").setInputFiles({ name, mimeType: "image/png", buffer });
}

test("a photo goes both ways", async ({ inbox, phone, person }) => {
  await write(phone, "What does it look like?");
  await chatWith(inbox, person.name).click();
  await attachFile(inbox, "bicycle.png", picture(30, 80, 200), "The blue one");
  await expectPicture(inbox, "The blue one");
  await expectPicture(phone, "The blue one");

  await attachFile(phone, "mine.png", picture(200, 60, 30), "Mine is red");
  await expectPicture(phone, "Mine is red");
  await expectPicture(inbox, "Mine is red");
});
