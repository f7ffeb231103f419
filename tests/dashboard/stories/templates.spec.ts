// Templates of a business number: handed in, reviewed, sent, deleted.
import { expectAccessible } from "../support/axe";
import { expect } from "../support/fixtures";
import type { Answer, Gateway } from "../support/gateway";
import { agree, attach, bubble, chooseFromMenu, holdPhone, test } from "../support/sides";

async function business(gateway: Gateway): Promise<Answer> {
  const { channels } = await gateway.admin("GET", `/accounts/${await gateway.account()}/channels?limit=500`);
  return channels.find((one: Answer) => one.link_profile === "business" && one.state === "connected");
}

test("a template is handed in, approved, and deleted", async ({ ui, gateway }) => {
  const { account_id: account, channel_id: channel, phone } = await business(gateway);
  await ui.goto(`/ui/accounts/${account}/templates?channel=${channel}`);
  await ui.getByRole("button", { name: "New template" }).click();
  const dialog = ui.getByRole("dialog", { name: "New template" });
  await dialog.getByLabel("Name", { exact: true }).fill("order_is_ready");
  await dialog.getByLabel("Text", { exact: true }).fill("Dear {{1}}, your order is ready.");
  await dialog.getByRole("textbox", { name: "{{1}} of the text" }).fill("Gus");
  await expect(dialog.getByRole("region", { name: "Preview" })).toContainText("your order is ready.");
  await expectAccessible(ui);
  await dialog.getByRole("button", { name: "Hand in" }).click();

  const row = ui.getByRole("row", { name: "order_is_ready" });
  await expect(row).toContainText("Utility");
  await gateway.sim("POST", `/people/${phone}/templates/order_is_ready/review`, { status: "approved" });
  await expect(row).toContainText("Approved");
  await row.getByRole("link", { name: "order_is_ready" }).click();
  const shown = ui.getByRole("dialog", { name: "order_is_ready, en_US" });
  await expect(shown.getByRole("region", { name: "Preview" })).toContainText("your order is ready.");
  await shown.getByRole("button", { name: "Close" }).click();

  await chooseFromMenu(ui, "What to do with order_is_ready in en_US", "Delete");
  await agree(ui, "Delete order_is_ready?", "Delete");
  await expect(row).toHaveCount(0);
});

test("a template begins a conversation with somebody who has not written", async ({
  browser,
  ui,
  gateway,
  person,
}) => {
  const { channel_id: channel, phone: shop } = await business(gateway);
  await gateway.sim("POST", `/people/${shop}/templates`, {
    name: "visit",
    language: "en",
    category: "UTILITY",
    components: [{ type: "BODY", text: "See you at {{1}} on {{2}}" }],
  });
  await gateway.sim("POST", `/people/${shop}/templates/visit/review`, { status: "approved" });
  await ui.goto(`/ui/inbox/${channel}`);
  await ui.getByRole("button", { name: "New chat" }).click();
  await ui.getByLabel("Number").fill(person.number);
  await ui.getByRole("button", { name: "Open", exact: true }).click();
  await attach(ui, "Template");
  const dialog = ui.getByRole("dialog", { name: "Send a template" });
  await dialog.getByLabel("Template").selectOption("visit (en)");
  await dialog.getByLabel("Variable 1").fill("five");
  await dialog.getByLabel("Variable 2").fill("Friday");
  await expect(dialog.getByText("See you at five on Friday")).toBeVisible();
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(dialog).toBeHidden();

  await expect(bubble(ui, "See you at five on Friday")).toBeVisible();
  const { page: phone, layDown } = await holdPhone(browser, gateway, person.number, { chat: shop });
  await expect(bubble(phone, "See you at five on Friday")).toBeVisible();
  await layDown();
});
