// Accounts and their keys.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { copied } from "../support/clipboard";
import { expect, test } from "../support/fixtures";
import type { Gateway } from "../support/gateway";
import { agree, chooseFromMenu } from "../support/sides";

async function account(gateway: Gateway, name: string): Promise<string> {
  return (await gateway.admin("POST", "/accounts", { name })).account_id;
}

// Takes the key that is shown, which is the only time.
async function takeKey(ui: Page): Promise<string> {
  const dialog = ui.getByRole("dialog", { name: "The new key of 2Chat" });
  const key = await copied(dialog.getByRole("button", { name: "Copy the key" }));
  await expect(dialog).toContainText(key);
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  await expect(dialog).toBeHidden();
  return key;
}

async function answerTo(gateway: Gateway, key: string): Promise<number> {
  const response = await fetch(`${gateway.url}/open/info`, { headers: { "X-User-API-Key": key } });
  return response.status;
}

test("an account is made, changed and blocked", async ({ ui }) => {
  await ui.goto("/ui/accounts");
  await ui.getByRole("button", { name: "New account" }).click();
  const dialog = ui.getByRole("dialog", { name: "New account" });
  await dialog.getByLabel("Name").fill("Bakery on the corner");
  await dialog.getByLabel("Plan").fill("Small");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(ui.getByRole("heading", { level: 1, name: "Bakery on the corner" })).toBeVisible();
  await expect(ui.getByLabel("Plan")).toHaveValue("Small");

  await ui.getByLabel("Messages a month").fill("1000");
  await ui.getByRole("switch", { name: "Blocked" }).check();
  await ui.getByLabel("Reason").fill("Ask at the counter");
  await ui.getByRole("button", { name: "Save" }).click();
  await expect(ui.getByText("Its calls are refused. Their answer says: Ask at the counter")).toBeVisible();
  await expectAccessible(ui);
  await ui.getByRole("link", { name: "Accounts" }).first().click();
  await ui.getByRole("searchbox", { name: "Search accounts" }).fill("corner");
  const row = ui.getByRole("row", { name: "Bakery on the corner" });
  await expect(row).toContainText("Blocked");
  await expect(row).toContainText("1,000");
  await ui.getByRole("searchbox", { name: "Search accounts" }).fill("no such account");
  await expect(row).toHaveCount(0);
  await expect(ui.getByText("No account fits")).toBeVisible();
});

test("a key is shown once, renewed and revoked", async ({ ui, gateway }) => {
  const id = await account(gateway, "Keys of Ida");
  await ui.goto(`/ui/accounts/${id}/keys`);
  await ui.getByRole("button", { name: "New key" }).click();
  const dialog = ui.getByRole("dialog", { name: "New key" });
  await dialog.getByLabel("Name").fill("Ida's shop");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expectAccessible(ui);
  const first = await takeKey(ui);
  expect(await answerTo(gateway, first)).toBe(200);
  await ui.reload();
  await expect(ui.getByRole("row", { name: "Ida's shop" })).toBeVisible();
  await expect(ui.getByText(first)).toHaveCount(0);

  const menu = "What to do with the key 2Chat Ida's shop";
  await chooseFromMenu(ui, menu, "Renew");
  await agree(ui, /^Renew the key/, "Renew");
  const second = await takeKey(ui);
  expect([await answerTo(gateway, first), await answerTo(gateway, second)]).toEqual([401, 200]);
  await expect(ui.getByRole("row", { name: "Ida's shop" })).toContainText("replaced");

  await chooseFromMenu(ui, menu, "Revoke");
  await agree(ui, /^Revoke the key/, "Revoke");
  await expect(ui.getByText("No keys yet")).toBeVisible();
  expect(await answerTo(gateway, second)).toBe(401);
});

test("who closes a key's dialog without storing it is asked first", async ({ ui, gateway }) => {
  const id = await account(gateway, "Keys of Kim");
  await ui.goto(`/ui/accounts/${id}/keys`);
  await ui.getByRole("button", { name: "New key" }).click();
  await ui.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  const shown = ui.getByRole("dialog", { name: "The new key of 2Chat" });
  await shown.getByRole("button", { name: "Close" }).click();
  await agree(ui, "Close without storing the key?", "Cancel");
  await expect(shown).toBeVisible();
  await shown.getByRole("button", { name: "Close" }).click();
  await agree(ui, "Close without storing the key?", "Close");
  await expect(shown).toBeHidden();
});
