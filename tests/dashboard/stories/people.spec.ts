// People of a channel.
import { expectAccessible } from "../support/axe";
import { expect } from "../support/fixtures";
import { test } from "../support/sides";

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
  await expect(ui.getByRole("region", { name: `Conversation with ${name}` })).toBeVisible();
});

test("who is no number is named at the field of a new group", async ({ ui, uiWatch, gateway, person }) => {
  const { account_id: account, channel_id: channel } = await gateway.channel();
  uiWatch.allow(/\b422\b.*\/groups\)?$/);
  await ui.goto(`/ui/accounts/${account}/groups?channel=${channel}`);
  await ui.getByRole("button", { name: "New group" }).click();
  const dialog = ui.getByRole("dialog", { name: "New group" });
  await dialog.getByLabel("Subject").fill("Readers");
  const people = dialog.getByLabel("People");
  await people.fill(`${person.number}\nnobody at all`);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(people).toHaveAttribute("aria-invalid", "true");
  await expect(people).toBeFocused();
  await expect(dialog).toContainText("nobody at all:");
  await expect(dialog).not.toContainText(`${person.number}:`);
  await expectAccessible(ui);
});
