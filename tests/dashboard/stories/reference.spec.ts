import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { copied } from "../support/clipboard";
import { expect, test } from "../support/fixtures";

// Opens the call with this path, of those that are shown.
async function openCall(ui: Page, path: string) {
  await ui.getByRole("searchbox", { name: "Search calls" }).fill(path);
  const call = ui.locator(".opblock").filter({ has: ui.locator(`[data-path="${path}"]`) });
  await call.locator(".opblock-summary-control").click();
  return call;
}

const status = (call: Locator) => call.locator(".live-responses-table tbody .response-col_status");

test("a call of a dialect is tried with its key, and taken along as curl", async ({ ui, gateway }) => {
  const { api_key: key } = gateway.demo.twochat;
  await ui.goto("/ui/reference?api=2chat");
  await ui.getByLabel("2Chat key").fill(key);
  const call = await openCall(ui, "/open/info");
  await call.getByRole("button", { name: "Execute" }).click();
  await expect(status(call)).toHaveText("200");
  await expect(call.locator(".live-responses-table")).toContainText('"uuid"');
  await expectAccessible(ui);
  const curl = await copied(call.locator(".curl-command .copy-to-clipboard"));
  expect(curl).toMatch(/^curl /);
  expect(curl).toContain(`${gateway.url}/open/info`);
  expect(curl).toContain(key);
});

test("a call of Parley's own goes by the session, and its curl has no token", async ({ ui, gateway }) => {
  await ui.goto("/ui/reference?api=admin");
  const call = await openCall(ui, "/parley/v1/node");
  await call.getByRole("button", { name: "Execute" }).click();
  await expect(status(call)).toHaveText("200");
  await expect(call.locator(".live-responses-table")).toContainText('"version"');
  const curl = await copied(call.locator(".curl-command .copy-to-clipboard"));
  expect(curl).toContain("Bearer ADMIN_TOKEN");
  expect(curl).not.toContain(gateway.demo.admin_token);
});

test("a search narrows the calls down to those that fit", async ({ ui }) => {
  await ui.goto("/ui/reference?api=wapio");
  const search = ui.getByRole("searchbox", { name: "Search calls" });
  await search.fill("qrcode");
  await expect(ui.locator(".opblock").first()).toContainText("qrcode");
  await search.fill("no such call anywhere");
  await expect(ui.getByText("No call fits")).toBeVisible();
  await expect(ui.locator(".opblock")).toHaveCount(0);
});
