import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { copied } from "../support/clipboard";
import { expect, test } from "../support/fixtures";
import type { Gateway } from "../support/gateway";
import { type Post, signature } from "../support/receiver";
import { agree, chooseFromMenu } from "../support/sides";

// A webhook about what comes in; its page is open.
async function subscribe(ui: Page, gateway: Gateway, url: string): Promise<void> {
  await gateway.twochat("POST", "/open/webhooks/subscribe/whatsapp.message.received", {
    hook_url: url,
    on_number: gateway.demo.twochat.number,
  });
  await ui.goto(`/ui/accounts/${await gateway.account()}/webhooks`);
  await ui.getByRole("link", { name: url }).click();
  await expect(ui.getByRole("heading", { level: 1, name: new URL(url).host })).toBeVisible();
}

function say(gateway: Gateway, text: string) {
  const [, ben = { number: "" }] = gateway.demo.people;
  const message = { to: gateway.demo.twochat.number, kind: "text", text };
  return gateway.sim("POST", `/people/${ben.number}/send`, message);
}

const deliveries = (ui: Page) => ui.getByRole("region", { name: "Deliveries" }).getByRole("listitem");
const health = (ui: Page) => ui.locator(".page-head");

test("a receiver breaks, and what it missed is posted again", async ({ ui, gateway, receiver }) => {
  await subscribe(ui, gateway, `${receiver.url}/broken`);
  await say(gateway, "Before it broke");
  const rows = deliveries(ui);
  await expect(rows.filter({ hasText: "Delivered" })).toHaveCount(1);

  receiver.answers = 500;
  await say(gateway, "While it is broken");
  const missed = rows.filter({ hasText: "answered 500" });
  await expect(missed).toHaveCount(1);
  await expect(missed).toContainText("Waiting");
  await expect(ui.getByText("It fails since")).toBeVisible();
  await expectAccessible(ui);

  receiver.answers = 200;
  const before = receiver.posts.length;
  await missed.getByRole("button", { name: /^Post .* again$/ }).click();
  await expect(rows.filter({ hasText: "Delivered" })).toHaveCount(2);
  await expect(health(ui).getByText("Active")).toBeVisible();

  // The same delivery as before, by its id and its bytes.
  const [again, ...more] = receiver.posts.slice(before);
  const failed = receiver.posts.find((post) => post.status === 500);
  expect(again).toMatchObject({ path: "/broken", status: 200, body: failed?.body });
  expect(again?.headers["webhook-id"]).toBe(failed?.headers["webhook-id"]);
  expect(again?.body).toContain("While it is broken");
  expect(more).toEqual([]);
});

test("a receiver that wants no more is switched off, on again, and given what it missed", async ({
  ui,
  gateway,
  receiver,
}) => {
  await subscribe(ui, gateway, `${receiver.url}/gone`);
  receiver.answers = 410;
  await say(gateway, "Nobody wants this");
  await expect(deliveries(ui).filter({ hasText: "answered 410" })).toHaveCount(1);
  await expect(health(ui)).not.toContainText("Active");
  await expectAccessible(ui);

  receiver.answers = 200;
  await ui.getByRole("button", { name: "Switch on" }).click();
  await expect(health(ui)).toContainText("Active");
  await ui.getByRole("button", { name: "Post a range again" }).click();
  const dialog = ui.getByRole("dialog", { name: "Post a range again" });
  await expectAccessible(ui);
  await dialog.getByRole("button", { name: "Post again" }).click();
  await expect(ui.getByText("1 delivery is posted again.")).toBeVisible();
  await expect(deliveries(ui).filter({ hasText: "Delivered" })).toHaveCount(1);
  const [refused, taken, ...more] = receiver.posts.filter((post) => post.body.includes("Nobody wants this"));
  expect([refused?.status, taken?.status, more.length]).toEqual([410, 200, 0]);
  expect(taken?.body).toBe(refused?.body);
});

test("a test event is posted, and its answer shown", async ({ ui, gateway, receiver }) => {
  await subscribe(ui, gateway, `${receiver.url}/test`);
  await ui.getByRole("button", { name: "Post a test event" }).click();
  const dialog = ui.getByRole("dialog", { name: "Test event" });
  await expect(dialog).toContainText("Answered 200");
  await expect(dialog).toContainText(`POST ${receiver.url}/test`);
  await expectAccessible(ui);
  await dialog.getByRole("button", { name: "Close" }).click();
  receiver.answers = 500;
  await ui.getByRole("button", { name: "Post a test event" }).click();
  await expect(dialog).toContainText("Only a 2xx counts as arrived.");
  await expect(dialog).toContainText("The receiver's database is away");
  expect(receiver.posts.map((post) => post.path)).toEqual(["/test", "/test"]);
});

test("a new signing secret signs from then on, and is shown once", async ({ ui, gateway, receiver }) => {
  await subscribe(ui, gateway, `${receiver.url}/signed`);
  await chooseFromMenu(ui, "More to do with this webhook", "New signing secret");
  const dialog = ui.getByRole("dialog", { name: "New signing secret" });
  await dialog.getByRole("button", { name: "Set the secret" }).click();
  const secret = await copied(dialog.getByRole("button", { name: "Copy the secret" }));
  expect(secret.length).toBeGreaterThanOrEqual(16);
  await expect(dialog).toContainText(secret);
  await dialog.getByRole("button", { name: "Done" }).click();
  await say(gateway, "Signed anew");
  await expect(deliveries(ui).filter({ hasText: "Delivered" })).toHaveCount(1);
  const [post] = receiver.posts as [Post];
  expect(post.headers["webhook-signature"]).toBe(signature(secret, post));

  await ui.reload();
  await expect(health(ui)).toContainText("Active");
  await expect(ui.getByText(secret)).toHaveCount(0);
});

test("a webhook is deleted once that was confirmed", async ({ ui, gateway, receiver }) => {
  const url = `${receiver.url}/deleted`;
  await subscribe(ui, gateway, url);
  await chooseFromMenu(ui, "More to do with this webhook", "Delete the webhook");
  await agree(ui, "Delete this webhook?", "Cancel");
  await expect(health(ui)).toContainText("Active");
  await chooseFromMenu(ui, "More to do with this webhook", "Delete the webhook");
  await agree(ui, "Delete this webhook?", "Delete");
  await expect(ui.getByRole("heading", { level: 1, name: "Webhooks" })).toBeVisible();
  await expect(ui.getByText("The webhook was deleted.")).toBeVisible();
  await expect(ui.getByRole("link", { name: url })).toHaveCount(0);
});
