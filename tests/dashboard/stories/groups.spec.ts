// A group is made and run from the page; the phones of those who are in it say what came of it.
import type { Page } from "@playwright/test";
import { PNG } from "pngjs";
import { expectAccessible } from "../support/axe";
import { copied } from "../support/clipboard";
import { test as base, expect } from "../support/fixtures";
import type { Answer, Gateway } from "../support/gateway";

const ines = { number: "+15550641", name: "Ines" };
const tom = { number: "+15550642", name: "Tom" };

const test = base.extend<{ groups: Page }, { people: void }>({
  people: [
    async ({ gateway }, use) => {
      for (const one of [ines, tom]) await gateway.sim("POST", "/people", one);
      await use();
    },
    { scope: "worker" },
  ],
  groups: async ({ ui, gateway, people: _there }, use) => {
    const { channel_id } = await gateway.channel();
    await ui.goto(`/ui/accounts/${await gateway.account()}/groups?channel=${channel_id}`);
    await use(ui);
  },
});

const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

async function act(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole("button", { name: `What to do with ${name}` }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

async function onNetwork(gateway: Gateway, by: string, subject: string): Promise<Answer> {
  const { groups } = await gateway.sim("GET", `/groups?by=${encodeURIComponent(by)}`);
  return groups.find((group: Answer) => group.subject === subject);
}

test("a group is made, changed, filled and left", async ({ groups: page, gateway }) => {
  await page.getByRole("button", { name: "New group" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Subject").fill("Rowing");
  await dialog.getByLabel("People").fill(`${ines.number}\n+15559999`);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Not added: +15559999 is not on WhatsApp.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Rowing", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Change", exact: true }).click();
  await dialog.getByRole("textbox", { name: "Subject" }).fill("Rowing at dawn");
  await dialog.getByRole("textbox", { name: "Description" }).fill("Every Tuesday");
  await dialog.getByRole("switch", { name: "Only admins write" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Rowing at dawn", level: 1 })).toBeVisible();
  await expect(page.getByText("Every Tuesday")).toBeVisible();
  expect(await onNetwork(gateway, ines.number, "Rowing at dawn")).toMatchObject({
    description: "Every Tuesday",
    announce: true,
  });

  await page.getByRole("button", { name: "Add people" }).click();
  await dialog.getByLabel("People").fill(tom.number);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(row(page, tom.number)).toContainText("Member");
  await act(page, tom.name, "Make an admin");
  await expect(row(page, tom.number)).toContainText("Admin");
  await act(page, tom.name, "Make a member");
  await expect(row(page, tom.number)).toContainText("Member");
  await act(page, tom.name, "Remove");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row(page, tom.number)).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Leave" }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: "Groups", level: 1 })).toBeVisible();
  const left = await onNetwork(gateway, ines.number, "Rowing at dawn");
  expect(left.participants.map((one: Answer) => one.number)).toEqual([ines.number]);
});

test("whoever has the invite link of a group can join, until it is renewed", async ({
  groups: page,
  gateway,
}) => {
  await page.getByRole("button", { name: "New group" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Subject").fill("Chess");
  await dialog.getByLabel("People").fill(ines.number);
  await dialog.getByRole("button", { name: "Create" }).click();

  await page.getByRole("button", { name: "Show the link" }).click();
  const link = page.getByText("https://chat.whatsapp.com/");
  const first = (await link.textContent()) ?? "";
  expect(await copied(page.getByRole("button", { name: "Copy the invite link" }))).toBe(first);
  await page.getByRole("button", { name: "Renew" }).click();
  await dialog.getByRole("button", { name: "Renew" }).click();
  await expect(link).not.toHaveText(first);
  const second = (await link.textContent()) ?? "";

  const join = (from: string) =>
    gateway.sim("POST", `/invites/${from.split("/").at(-1)}/join`, { by: tom.number });
  await expect(join(first)).rejects.toThrow("404");
  await join(second);
  await expect(row(page, tom.number)).toContainText("Member");
});

test("a group gets a picture", async ({ groups: page }) => {
  await page.getByRole("button", { name: "New group" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Subject").fill("Painting");
  await dialog.getByLabel("People").fill(ines.number);
  await dialog.getByRole("button", { name: "Create" }).click();
  const png = new PNG({ width: 64, height: 64 });
  png.data.fill(200);
  const file = { name: "us.png", mimeType: "image/png", buffer: PNG.sync.write(png) };
  await page.getByLabel("Picture of the group").setInputFiles(file);
  const image = page.getByRole("img", { name: "Of Painting" });
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(64);
  await expectAccessible(page);
});
