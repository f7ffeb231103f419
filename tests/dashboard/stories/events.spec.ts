import { expectAccessible } from "../support/axe";
import { copied } from "../support/clipboard";
import { eventRows } from "../support/events";
import { expect, live } from "../support/fixtures";
import type { Gateway } from "../support/gateway";
import { type Person, test } from "../support/sides";

function say(gateway: Gateway, { number }: Person, text: string) {
  const to = gateway.demo.twochat.number;
  return gateway.sim("POST", `/people/${number}/send`, { to, kind: "text", text });
}

test("the log is filtered by name and channel, and what comes in is on top", async ({
  ui,
  gateway,
  person,
}) => {
  const { label } = await gateway.channel();
  await ui.goto("/ui/events");
  await expect(live(ui)).toBeVisible();
  await say(gateway, person, "The first word");
  await expect(eventRows(ui).filter({ hasText: "The first word" })).toContainText(["message.received"]);
  await ui.getByRole("combobox", { name: "Event" }).selectOption("message.received");
  await expect(eventRows(ui).filter({ hasNotText: "message.received" })).toHaveCount(0);
  await say(gateway, person, "The second word");
  await expect(eventRows(ui).first()).toContainText("The second word");

  await ui.getByRole("combobox", { name: "Account" }).selectOption("Demo");
  await ui.getByRole("combobox", { name: "Channel" }).selectOption(label);
  await expect(eventRows(ui).first()).toContainText("The second word");
  await ui.getByRole("combobox", { name: "Channel" }).selectOption("Demo Native");
  await expect(ui.getByText("No such event")).toBeVisible();
  // The view has an address of its own.
  await ui.reload();
  await expect(ui.getByRole("combobox", { name: "Channel" })).toHaveValue(/.+/);
  await expect(ui.getByText("No such event")).toBeVisible();
});

test("while the log is paused, new events wait", async ({ ui, gateway, person }) => {
  await ui.goto("/ui/events?name=message.received");
  await expect(live(ui)).toBeVisible();
  await say(gateway, person, "Before the pause");
  const rows = eventRows(ui);
  await expect(rows.first()).toContainText("Before the pause");
  await ui.getByRole("button", { name: "Pause", exact: true }).click();
  await say(gateway, person, "During the pause");
  const waiting = ui.getByRole("button", { name: "Show 1 new event" });
  await expect(waiting).toBeVisible();
  await expect(rows.first()).toContainText("Before the pause");
  await waiting.click();
  await expect(rows.first()).toContainText("During the pause");
});

test("an event is shown in the shape of each dialect, side by side", async ({ ui, gateway, person }) => {
  await say(gateway, person, "In three shapes");
  await ui.goto("/ui/events?name=message.received");
  await eventRows(ui).filter({ hasText: "In three shapes" }).getByRole("button").click();
  const dialog = ui.getByRole("dialog", { name: "message.received" });
  const shape = (name: RegExp) => dialog.getByRole("region", { name });
  await expect(shape(/^the body as stored$/)).toContainText("In three shapes");
  for (const dialect of [/^2chat /, /^wapio /, /^1msg /])
    await expect(shape(dialect).filter({ hasText: "In three shapes" }).first()).toBeVisible();
  const stored = await shape(/^the body/).boundingBox();
  const first = await shape(/^2chat /)
    .first()
    .boundingBox();
  expect(first?.x, "beside it").toBeGreaterThanOrEqual((stored?.x ?? 0) + (stored?.width ?? 0));
  await expectAccessible(ui);
  const copy = dialog.getByRole("button", { name: /^Copy 2chat / }).first();
  expect(await copied(copy)).toContain("In three shapes");
});
