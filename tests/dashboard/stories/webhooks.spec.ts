import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/fixtures";

test("a receiver breaks, and what it missed is posted again", async ({ ui, gateway, receiver }) => {
  const account = await gateway.account();
  const [, ben = { number: "" }] = gateway.demo.people;
  const number = gateway.demo.twochat.number;
  const say = (text: string) =>
    gateway.sim("POST", `/people/${ben.number}/send`, { to: number, kind: "text", text });
  await gateway.twochat("POST", "/open/webhooks/subscribe/whatsapp.message.received", {
    hook_url: `${receiver.url}/broken`,
    on_number: number,
  });

  await ui.goto(`/ui/accounts/${account}/webhooks`);
  await ui.getByRole("link", { name: `${receiver.url}/broken` }).click();
  await expect(ui.getByRole("heading", { level: 1, name: new URL(receiver.url).host })).toBeVisible();
  await say("Before it broke");
  const rows = ui.getByRole("region", { name: "Deliveries" }).getByRole("listitem");
  await expect(rows.filter({ hasText: "Delivered" })).toHaveCount(1);

  receiver.broken = true;
  await say("While it is broken");
  const missed = rows.filter({ hasText: "answered 500" });
  await expect(missed).toHaveCount(1);
  await expect(missed).toContainText("Waiting");
  await expect(ui.getByText("It fails since")).toBeVisible();
  await expectAccessible(ui);

  receiver.broken = false;
  const before = receiver.posts.length;
  await missed.getByRole("button", { name: /^Post .* again$/ }).click();
  await expect(rows.filter({ hasText: "Delivered" })).toHaveCount(2);
  await expect(ui.locator(".page-head").getByText("Active")).toBeVisible();

  // The same delivery as before, by its id and its bytes.
  const [again, ...more] = receiver.posts.slice(before);
  const failed = receiver.posts.find((post) => post.status === 500);
  expect(again).toMatchObject({ path: "/broken", status: 200, body: failed?.body });
  expect(again?.headers["webhook-id"]).toBe(failed?.headers["webhook-id"]);
  expect(again?.body).toContain("While it is broken");
  expect(more).toEqual([]);
});
