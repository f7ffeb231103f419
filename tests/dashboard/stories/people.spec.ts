// Contacts and groups of a channel.
import { expectAccessible } from "../support/axe";
import { expect } from "../support/fixtures";
import { holdPhone, test } from "../support/sides";

test("who is in the phone's address book is a contact that can be written to", async ({
  ui,
  gateway,
  person,
}) => {
  const { account_id: account, channel_id: channel, phone: shop } = await gateway.channel();
  await ui.goto(`/ui/accounts/${account}/contacts?channel=${channel}`);
  await expect(ui.getByRole("searchbox", { name: "Search contacts" })).toBeVisible();
  const name = `Cousin ${person.number}`;
  await gateway.sim("PUT", `/people/${shop}/contacts/${person.number}`, { name });
  const row = ui.getByRole("row", { name });
  await expect(row).toContainText(person.number);
  await ui.getByRole("searchbox", { name: "Search contacts" }).fill("no such person");
  await expect(ui.getByText("Nobody fits")).toBeVisible();
  await ui.getByRole("searchbox", { name: "Search contacts" }).fill(name);
  await expect(row).toHaveCount(1);
  await row.getByRole("link", { name: `Write to ${name}` }).click();
  await expect(ui.getByRole("region", { name: `Conversation with ${person.number}` })).toBeVisible();
});

test("a group is made, shows its people, and is left", async ({ context, ui, uiWatch, gateway, person }) => {
  const { account_id: account, channel_id: channel, phone: shop } = await gateway.channel();
  const subject = `Readers with ${person.name}`;
  await ui.goto(`/ui/accounts/${account}/groups?channel=${channel}`);
  await ui.getByRole("button", { name: "New group" }).click();
  const dialog = ui.getByRole("dialog", { name: "New group" });
  uiWatch.allow(/\b4\d\d\b.*\/groups\b/);
  await dialog.getByLabel("Subject").fill(subject);
  await dialog.getByLabel("People").fill("nobody at all");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByLabel("People")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog).toContainText("nobody at all:");
  await expectAccessible(ui);
  await dialog.getByLabel("People").fill(`${person.number}\n+15559999999`);
  await dialog.getByRole("button", { name: "Create" }).click();

  await expect(ui.getByRole("heading", { level: 1, name: subject })).toBeVisible();
  await expect(ui.getByText("Not added: 15559999999 is not on WhatsApp.")).toBeVisible();
  await expect(ui.locator(".page-head")).toContainText("2 people");
  await expect(ui.getByRole("row", { name: person.name })).toContainText("Member");
  await expect(ui.getByRole("row", { name: "This channel" })).toContainText(shop);
  const { page: phone, watch } = await holdPhone(context, gateway, person.number, {});
  await expect(phone.getByRole("button", { name: subject })).toContainText("2 people");

  await ui.getByRole("button", { name: "Leave", exact: true }).click();
  await ui
    .getByRole("dialog", { name: `Leave ${subject}?` })
    .getByRole("button", { name: "Leave" })
    .click();
  await expect(ui.getByRole("heading", { level: 1, name: "Groups" })).toBeVisible();
  await expect(ui.getByRole("link", { name: subject })).toHaveCount(0);
  await expect(phone.getByRole("button", { name: subject })).toContainText("1 person");
  watch.check();
});
