// A conversation's two sides: the inbox on one page, somebody's phone on another.
import type { Browser, Locator, Page } from "@playwright/test";
import { test as base, expect, openSignedIn, signIn } from "./fixtures";
import type { Gateway } from "./gateway";
import { Watch } from "./watch";

export interface Person {
  number: string;
  name: string;
}

interface Sides {
  person: Person; // of this story alone
  inbox: Page;
  phone: Page; // the person's, with the chat open; nothing is read but when somebody says so
}

interface Numbers {
  made: { count: number };
}

export const test = base.extend<Sides, Numbers>({
  made: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => use({ count: 100 }),
    { scope: "worker" },
  ],
  person: async ({ gateway, made }, use) => {
    made.count += 1;
    const person = { number: `+15550620${made.count}`, name: `Gus ${made.count}` };
    await gateway.sim("POST", "/people", person);
    await use(person);
  },
  inbox: async ({ ui, gateway }, use) => {
    const { channel_id } = await gateway.channel();
    await ui.goto(`/ui/inbox/${channel_id}`);
    await use(ui);
  },
  phone: async ({ browser, gateway, person }, use) => {
    const phone = await holdPhone(browser, gateway, person.number, { chat: gateway.demo.twochat.number });
    const { page } = phone;
    const reads = page.getByRole("switch", { name: "Read messages when a chat is open" });
    await reads.uncheck();
    await expect(reads).not.toBeChecked();
    await use(page);
    await phone.layDown();
  },
});

// In a window of its own, which is watched, too: of the tabs of one window the browser draws the front one,
// and what it does not draw it does not tell whether one sees it.
export async function holdPhone(
  browser: Browser,
  gateway: Gateway,
  number: string,
  search: Record<string, string>,
) {
  const context = await openSignedIn(browser, await signIn(gateway), { baseURL: gateway.url });
  const page = await context.newPage();
  const watch = await Watch.over(page, gateway.url);
  await page.goto(`/ui/phones/${encodeURIComponent(number)}?${new URLSearchParams(search)}`);
  const layDown = async () => {
    watch.check();
    await context.close();
  };
  return { page, layDown };
}

// Not what stands of it beside the phone.
export function bubble(page: Page, text: string | RegExp): Locator {
  return page.locator("article.bubble").filter({ hasText: text });
}

export async function write(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message", exact: true });
  await field.fill(text);
  await field.press("Enter");
  await expect(field).toHaveValue("");
}

export function chatWith(inbox: Page, name: string): Locator {
  return inbox.getByRole("region", { name: "Chats" }).getByRole("link", { name });
}

// They write, and the inbox has their chat open.
export async function beginChat(sides: Sides, text: string): Promise<void> {
  await write(sides.phone, text);
  await chatWith(sides.inbox, sides.person.name).click();
  await expect(bubble(sides.inbox, text)).toBeVisible();
}

export async function chooseFromMenu(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menu").getByText(item, { exact: true }).click();
}

export const doWith = (page: Page, text: string, item: string) =>
  chooseFromMenu(page, `More to do with "${text}"`, item);

export const attach = (page: Page, item: string) => chooseFromMenu(page, "Attach", item);

export const ticksOf = (page: Page, text: string) => bubble(page, text).locator(".ticks");

// What is asked before something dangerous.
export async function agree(page: Page, title: string | RegExp, action: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.locator("form").getByRole("button", { name: action, exact: true }).click();
  await expect(dialog).toBeHidden();
}
