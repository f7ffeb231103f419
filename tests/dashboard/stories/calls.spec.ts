// Calls between two phones, of which one has the channel: what both show, and what the gateway tells.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { eventRows } from "../support/events";
import { expect } from "../support/fixtures";
import { test as base, holdPhone } from "../support/sides";

interface Call {
  events: Page; // the log, of calls alone
  caller: Page;
  called: Page;
}

const test = base.extend<Call>({
  events: async ({ ui }, use) => {
    await ui.goto("/ui/events?name=call");
    await use(ui);
  },
  caller: async ({ browser, gateway, person }, use) => {
    const phone = await holdPhone(browser, gateway, person.number, { chat: gateway.demo.twochat.number });
    await use(phone.page);
    await phone.layDown();
  },
  called: async ({ browser, gateway }, use) => {
    const phone = await holdPhone(browser, gateway, gateway.demo.twochat.number, {});
    await use(phone.page);
    await phone.layDown();
  },
});

const screen = (page: Page) => page.getByRole("alertdialog", { name: /call with/ });
const press = (page: Page, name: string) => screen(page).getByRole("button", { name, exact: true }).click();

// What the log tells of calls with somebody, newest first.
const told = (events: Page, name: string) => eventRows(events).filter({ hasText: name });

async function ring(caller: Page, called: Page, button: RegExp): Promise<void> {
  await caller.getByRole("button", { name: button }).click();
  await expect(screen(caller)).toContainText("Calling");
  await expect(screen(called)).toContainText("Incoming");
}

test("a call rings, is accepted and ends", async ({ events, caller, called, person }) => {
  await ring(caller, called, /^Call /);
  await expectAccessible(called);
  await press(called, "Accept");
  await expect(screen(caller)).toContainText("Connected");
  await press(caller, "Hang up");
  await expect(screen(caller)).toBeHidden();
  await expect(screen(called)).toBeHidden();
  await expect(told(events, person.name)).toContainText(["ended", "accepted", "ringing"]);
});

test("a video call is rejected", async ({ events, caller, called, person }) => {
  await ring(caller, called, /^Video call /);
  await press(called, "Reject");
  await expect(screen(caller)).toBeHidden();
  await expect(told(events, person.name)).toContainText(["rejected", "ringing"]);
  await expect(told(events, person.name).first()).toContainText("Video call");
});

test("a call that nobody takes is missed", async ({ events, caller, called, person }) => {
  await ring(caller, called, /^Call /);
  await press(caller, "Hang up");
  await expect(screen(called)).toBeHidden();
  await expect(told(events, person.name)).toContainText(["missed", "ringing"]);
});
