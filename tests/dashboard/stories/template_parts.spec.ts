// Templates with all that the form has: as the network gets them, and as they are shown.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { test as base, expect } from "../support/fixtures";
import type { Answer, Gateway } from "../support/gateway";

// The demo's number that has templates.
async function business(gateway: Gateway): Promise<Answer> {
  const { channels } = await gateway.admin("GET", `/accounts/${await gateway.account()}/channels?limit=500`);
  return channels.find((one: Answer) => one.link_profile === "business");
}

async function handedIn(gateway: Gateway, name: string): Promise<Answer> {
  const { account_id, channel_id } = await business(gateway);
  const path = `/accounts/${account_id}/channels/${channel_id}/templates`;
  const { templates } = await gateway.admin("GET", path);
  return templates.find((one: Answer) => one.name === name);
}

const test = base.extend<{ templates: Page }>({
  templates: async ({ ui, gateway }, use) => {
    const { account_id, channel_id } = await business(gateway);
    await ui.goto(`/ui/accounts/${account_id}/templates?channel=${channel_id}`);
    await use(ui);
  },
});

// Each run hands in others: a name is not given back at once.
const fresh = (name: string) => `${name}_${Date.now().toString(36)}`;

async function open(page: Page, name: string): Promise<Locator> {
  await page.getByRole("button", { name: "New template" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  return dialog;
}

test("a carousel is made card by card", async ({ templates: page, gateway }) => {
  const name = fresh("bicycles");
  const dialog = await open(page, name);
  await dialog.getByLabel("Category").selectOption("MARKETING");
  await dialog.getByLabel("Text", { exact: true }).fill("New in the shop");
  for (const [index, text] of ["The blue one", "The red one, for {{1}}"].entries()) {
    await dialog.getByRole("button", { name: "Add a card" }).click();
    const card = dialog.getByRole("group", { name: `Card ${index + 1}` });
    await card.getByLabel("Example of the file").fill(`4::card${index}`);
    await card.getByLabel("Text of the card").fill(text);
    await card.getByLabel("Its text (1)").fill("I want it");
  }
  await dialog.getByRole("group", { name: "Card 2" }).getByLabel("{{1}}").fill("199");
  await expect(dialog.getByRole("list", { name: "2 cards" })).toContainText("The blue one");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toBeVisible();

  const button = { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "I want it" }] };
  const header = (file: string) => ({ type: "HEADER", format: "IMAGE", example: { header_handle: [file] } });
  const red = { type: "BODY", text: "The red one, for {{1}}", example: { body_text: [["199"]] } };
  expect((await handedIn(gateway, name)).components).toEqual([
    { type: "BODY", text: "New in the shop" },
    {
      type: "CAROUSEL",
      cards: [
        { components: [header("4::card0"), { type: "BODY", text: "The blue one" }, button] },
        { components: [header("4::card1"), red, button] },
      ],
    },
  ]);
});

test("a picture stands above the text, and buttons open a page and copy a code", async ({
  templates: page,
  gateway,
}) => {
  const name = fresh("sale");
  const dialog = await open(page, name);
  await dialog.getByLabel("Above the text").selectOption("IMAGE");
  await dialog.getByLabel("Example of the file").fill("4::sale");
  await dialog.getByLabel("Text", { exact: true }).fill("Twenty off");
  await dialog.getByRole("button", { name: "Add a button" }).click();
  await dialog.getByLabel("Button 1", { exact: true }).selectOption("URL");
  await dialog.getByLabel("Its text (1)").fill("See it");
  await dialog.getByLabel("Page (1)").fill("https://shop.example/{{1}}");
  await dialog.getByLabel("Example of its end (1)").fill("blue");
  await dialog.getByRole("button", { name: "Add a button" }).click();
  await dialog.getByLabel("Button 2", { exact: true }).selectOption("COPY_CODE");
  await dialog.getByLabel("Example of the code (2)").fill("TWENTY");
  await dialog.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toBeVisible();
  expect((await handedIn(gateway, name)).components).toEqual([
    { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::sale"] } },
    { type: "BODY", text: "Twenty off" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "See it", url: "https://shop.example/{{1}}", example: ["blue"] },
        { type: "COPY_CODE", example: "TWENTY" },
      ],
    },
  ]);
});

test("a template for one-time codes has no text of its own", async ({ templates: page, gateway }) => {
  const name = fresh("sign_in");
  const dialog = await open(page, name);
  await dialog.getByLabel("Category").selectOption("AUTHENTICATION");
  await dialog.getByLabel("Minutes that the code is good").fill("5");
  await dialog.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toBeVisible();
  expect((await handedIn(gateway, name)).components).toEqual([
    { type: "BODY", add_security_recommendation: true },
    { type: "FOOTER", code_expiration_minutes: 5 },
    { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] },
  ]);
});
