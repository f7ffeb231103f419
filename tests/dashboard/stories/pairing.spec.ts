import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/fixtures";
import { scan } from "../support/qr";

async function makeChannel(page: Page, account: string, name: string) {
  await page.goto(`/ui/accounts/${account}/channels`);
  await page.getByRole("button", { name: "New channel" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New channel" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Connected by").selectOption("simulated");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

const connected = (page: Page) => page.locator(".page-head").getByText("Connected", { exact: true });

test("a phone scans the QR code that is shown", async ({ ui, uiWatch, gateway }) => {
  const account = await gateway.account();
  await gateway.sim("POST", "/people", { number: "+15550611", name: "Eve" });
  await makeChannel(ui, account, "QR shop");
  await ui.getByRole("button", { name: "Show the QR code" }).click();

  const code = ui.getByRole("img", { name: "QR code to scan with the phone" });
  const drawn = await scan(code);
  await expectAccessible(ui);
  await ui.getByRole("button", { name: "Copy what the QR code says" }).click();
  await expect.poll(() => ui.evaluate(() => navigator.clipboard.readText())).toBe(drawn);

  await gateway.sim("POST", "/people/+15550611/scan", { qr: drawn });
  await expect(connected(ui)).toBeVisible();
  await expect(code).toBeHidden();
  await expect(ui.getByText("+15550611").first()).toBeVisible();

  // Off and on again, without losing the phone.
  await ui.getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(ui.locator(".page-head").getByText("Disconnected", { exact: true })).toBeVisible();
  await ui.getByRole("button", { name: "Connect again" }).click();
  await expect(connected(ui)).toBeVisible();
  await uiWatch.quiet();
});

test("a phone types the code that is shown", async ({ ui, uiWatch, gateway }) => {
  const account = await gateway.account();
  await gateway.sim("POST", "/people", { number: "+15550612", name: "Fay" });
  await makeChannel(ui, account, "Code shop");
  await ui.getByText("Code to type").click();

  // A number that is none is refused at its field.
  uiWatch.allow(/\b4\d\d\b.*\/pair\b/);
  const number = ui.getByLabel("The phone's number");
  await number.fill("12");
  await ui.getByRole("button", { name: "Get a code" }).click();
  await expect(number).toHaveAttribute("aria-invalid", "true");
  await expect(number).toBeFocused();
  await expectAccessible(ui);

  await number.fill("+15550612");
  await ui.getByRole("button", { name: "Get a code" }).click();
  const code = ui.getByLabel("Pairing code");
  await expect(code).toHaveText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  await gateway.sim("POST", "/people/+15550612/enter-code", { code: await code.innerText() });
  await expect(connected(ui)).toBeVisible();
  await expect(ui.getByText("+15550612").first()).toBeVisible();
});

test("a channel is deleted only after its name was typed", async ({ ui, gateway }) => {
  const account = await gateway.account();
  await makeChannel(ui, account, "Short-lived shop");
  await ui.getByRole("button", { name: "More to do with this channel" }).click();
  await ui.getByRole("menuitem", { name: "Delete the channel" }).click();
  const dialog = ui.getByRole("dialog", { name: "Delete Short-lived shop?" });
  const really = dialog.getByRole("button", { name: "Delete" });
  await expect(really).toBeDisabled();
  await expectAccessible(ui);
  await dialog.getByLabel(/^Type/).fill("Short-lived shop");
  await really.click();
  await expect(ui.getByRole("heading", { name: "Channels", level: 1 })).toBeVisible();
  await expect(ui.getByRole("link", { name: "Short-lived shop" })).toHaveCount(0);
});
