// What one does with a held phone, and what the gateway makes of it.
import type { Locator } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect } from "../support/fixtures";
import { agree, beginChat, bubble, chooseFromMenu, holdPhone, test, ticksOf, write } from "../support/sides";

// A switch of the network shows what the network says.
async function turn(control: Locator, to: "on" | "off"): Promise<void> {
  await control.click();
  await expect(control).toBeChecked({ checked: to === "on" });
}

test("a phone scans what the gateway shows beside it", async ({ ui, gateway, person }) => {
  const account = await gateway.account();
  const path = `/accounts/${account}/channels`;
  await gateway.admin("POST", path, { label: "Scanned shop", link: "simulated" });
  await ui.goto(`/ui/phones/${encodeURIComponent(person.number)}`);
  const phone = ui.getByRole("region", { name: `${person.name}'s phone` });
  await phone.getByRole("button", { name: "Linked devices" }).click();
  const waiting = phone.getByRole("listitem").filter({ hasText: "Scanned shop" });
  await waiting.getByRole("button", { name: "Show its QR code" }).click();
  await expect(waiting.getByRole("img", { name: "QR code of Scanned shop" })).toBeVisible();
  await expectAccessible(ui);
  await waiting.getByRole("button", { name: "Scan", exact: true }).click();

  await expect(ui.getByText(`Linked: the channel is ${person.name}'s number now.`)).toBeVisible();
  const device = phone.locator(".device").filter({ hasText: "Scanned shop" });
  await expect(device).toContainText("Connected");
  await expect(phone.getByRole("button", { name: "Scan", exact: true })).toHaveCount(0);
  const { channels } = await gateway.admin("GET", `${path}?limit=500`);
  expect(channels).toContainEqual(
    expect.objectContaining({ label: "Scanned shop", phone: person.number, state: "connected" }),
  );
});

test("a phone that is off has one tick, and two when it is back", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "My battery is low");
  const airplane = phone.getByRole("switch", { name: "Airplane mode" });
  await turn(airplane, "on");
  await expect(phone.getByText("The phone is in airplane mode.")).toBeVisible();
  await expect(phone.getByRole("textbox", { name: "Message", exact: true })).toHaveCount(0);
  await write(inbox, "Are you still there?");
  await expect(ticksOf(inbox, "Are you still there?")).toHaveText("Sent");
  await expect(bubble(phone, "Are you still there?")).toHaveCount(0);

  await turn(airplane, "off");
  await expect(bubble(phone, "Are you still there?")).toBeVisible();
  await expect(ticksOf(inbox, "Are you still there?")).toHaveText("Delivered");
});

test("a fault shows what becomes of a message", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "Write to me");
  const refused = phone.getByRole("switch", { name: "Messages are refused" });
  await turn(refused, "on");
  await expect(phone.getByText("1 on", { exact: true })).toBeVisible();
  await write(inbox, "This one comes back");
  const row = inbox.getByRole("listitem").filter({ has: bubble(inbox, "This one comes back") });
  await expect(row).toContainText("Refused by a fault rule (470)");
  await expect(ticksOf(inbox, "This one comes back")).toHaveText("Failed");
  await expectAccessible(inbox);

  await turn(refused, "off");
  await turn(phone.getByRole("switch", { name: "Messages come twice" }), "on");
  await expect(phone.getByText("1 on", { exact: true })).toBeVisible();
  await write(inbox, "This one is doubled");
  await expect(ticksOf(inbox, "This one is doubled")).toHaveText("Delivered");
  await expect(bubble(phone, "This one is doubled")).toHaveCount(2);
  await expect(bubble(phone, "This one comes back")).toHaveCount(0);
});

test("who leaves a group no longer writes in it, and the gateway hears of it", async ({
  browser,
  ui,
  gateway,
  person,
}) => {
  const { channel_id: channel, account_id: account } = await gateway.channel();
  const subject = `Bakers of ${person.name}`;
  const { group } = await gateway.sim("POST", "/groups", {
    by: person.number,
    subject,
    participants: [gateway.demo.twochat.number],
  });
  await ui.goto(`/ui/accounts/${account}/groups?channel=${channel}`);
  await ui.getByRole("link", { name: subject }).click();
  await expect(ui.locator(".page-head")).toContainText("2 people");
  await expect(ui.getByRole("row", { name: person.name })).toBeVisible();

  const { page: phone, layDown } = await holdPhone(browser, gateway, person.number, { chat: group.address });
  await write(phone, "Farewell");
  await chooseFromMenu(phone, "More to do with this chat", "Leave the group");
  await agree(phone, `Leave ${subject}?`, "Leave");
  await expect(phone.getByText("You are not in this group any more.")).toBeVisible();
  await expect(ui.locator(".page-head")).toContainText("1 person");
  await expect(ui.getByRole("row", { name: person.name })).toHaveCount(0);

  await ui.getByRole("link", { name: "Open the chat" }).click();
  await expect(bubble(ui, "Farewell")).toBeVisible();
  await layDown();
});
