// A number of the Cloud API, against the simulated network's Graph.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { copied } from "../support/clipboard";
import { test as base, expect } from "../support/fixtures";
import type { Gateway } from "../support/gateway";

// What Meta's pages would show of a number.
interface Shop {
  name: string;
  number: string;
  phone_number_id: string;
  business_account_id: string;
  access_token: string;
  app_secret: string;
}

const test = base.extend<{ shop: Shop }, { numbers: { made: number } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  numbers: [async ({}, use) => use({ made: 100 }), { scope: "worker" }],
  shop: async ({ gateway, numbers }, use) => {
    numbers.made += 1;
    const number = `+15550630${numbers.made}`;
    await use(await gateway.sim("POST", "/cloud/numbers", { number, name: `Shop ${numbers.made}` }));
  },
});

const connected = (ui: Page) => ui.locator(".page-head").getByText("Connected", { exact: true });

// Of a check by its name, with what it says.
const finding = (ui: Page, check: string) =>
  ui.locator(".findings > li").filter({ has: ui.getByText(check, { exact: true }) });

async function enter(form: Locator, shop: Shop, change: Partial<Shop> = {}): Promise<void> {
  const given = { ...shop, ...change };
  await form.getByLabel("Phone number ID").fill(given.phone_number_id);
  await form.getByLabel("WhatsApp Business Account ID").fill(given.business_account_id);
  await form.getByLabel("Access token").fill(given.access_token);
  await form.getByLabel("App secret", { exact: true }).fill(given.app_secret);
}

async function check(ui: Page): Promise<void> {
  await ui.getByRole("button", { name: "Check now" }).click();
  await expect(ui.locator(".findings > li").first()).toBeVisible();
}

async function makeChannel(gateway: Gateway, shop: Shop): Promise<string> {
  const { phone_number_id, business_account_id, access_token, app_secret } = shop;
  const path = `/accounts/${await gateway.account()}/channels`;
  const made = await gateway.admin("POST", path, {
    label: shop.name,
    link: "cloud",
    cloud: { phone_number_id, business_account_id, access_token, app_secret },
  });
  return `/ui${path}/${made.channel_id}?tab=cloud`;
}

test("the checks say what to enter at Meta, and are content once it is there", async ({
  ui,
  gateway,
  shop,
}) => {
  await ui.goto(`/ui/accounts/${await gateway.account()}/channels`);
  await ui.getByRole("button", { name: "New channel" }).first().click();
  const dialog = ui.getByRole("dialog", { name: "New channel" });
  await dialog.getByLabel("Name").fill("Cloud shop");
  await dialog.getByLabel("Connected by").selectOption("cloud");
  await enter(dialog, shop);
  await expectAccessible(ui);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(connected(ui)).toBeVisible();
  await ui.getByRole("link", { name: "Cloud API" }).click();
  await check(ui);
  const url = await copied(ui.getByRole("button", { name: "Copy the callback URL" }));
  const token = await copied(ui.getByRole("button", { name: "Copy the verify token" }));
  await expect(finding(ui, "Callback url")).toContainText("is at fault");
  await expect(finding(ui, "Callback url")).toContainText(`enter the callback URL ${url}`);
  await expect(finding(ui, "Token")).toContainText("is in order");
  await expectAccessible(ui);

  const entered = { webhook_url: url, verify_token: token };
  await gateway.sim("PATCH", `/cloud/numbers/${shop.phone_number_id}`, entered);
  await check(ui);
  await expect(finding(ui, "Callback url")).toContainText(`Meta's webhooks go to ${url}`);
  await expect(ui.locator(".finding-bad")).toHaveCount(0);
});

test("credentials that were mixed up are found, and right ones connect", async ({ ui, gateway, shop }) => {
  await ui.goto(await makeChannel(gateway, shop));
  await expect(connected(ui)).toBeVisible();
  const save = ui.getByRole("button", { name: "Save and connect" });
  const form = ui.locator("form").filter({ has: save });
  await enter(form, shop, { phone_number_id: shop.business_account_id });
  await save.click();
  await expect(ui.getByText("The new credentials are in use.")).toBeVisible();
  await expect(form.getByLabel("Access token")).toHaveValue("");
  await expect(connected(ui)).toBeHidden();
  await check(ui);
  await expect(finding(ui, "Number")).toContainText("Copy the Phone number ID from WhatsApp > API Setup");
  await expect(finding(ui, "Account")).toContainText(`${shop.number} (${shop.phone_number_id})`);

  await enter(form, shop);
  await save.click();
  await expect(connected(ui)).toBeVisible();
  await check(ui);
  await expect(finding(ui, "Number")).toContainText(`The number is ${shop.number}`);
});
