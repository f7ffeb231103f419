// What stories are given: a gateway, a page that is watched, and somebody who is signed in.
import { type Browser, type BrowserContextOptions, test as base, type Page } from "@playwright/test";
import { sessionMark } from "../../../dashboard/src/lib/session_mark";
import { Gateway } from "./gateway";
import { Receiver } from "./receiver";
import { Watch } from "./watch";

type SignedIn = Awaited<ReturnType<typeof signIn>>;

interface Fixtures {
  watch: Watch; // over `page`, which is not signed in
  ui: Page; // signed in, and watched by `uiWatch`
  uiWatch: Watch;
  receiver: Receiver;
}

interface WorkerFixtures {
  gateway: Gateway; // of all stories of one worker: they make what they need, and leave the rest alone
  signedIn: SignedIn;
}

// What a browser has kept in which somebody signed in.
export async function signIn(gateway: Gateway) {
  const response = await fetch(`${gateway.url}/parley/v1/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token: gateway.demo.admin_token }),
  });
  const [pair = ""] = (response.headers.get("set-cookie") ?? "").split(";");
  const [name = "", value = ""] = pair.split("=");
  const domain = new URL(gateway.url).hostname;
  const cookie = {
    name,
    value,
    domain,
    path: "/parley",
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: "Strict" as const,
  };
  return { cookies: [cookie], origins: [{ origin: gateway.url, localStorage: [{ ...sessionMark }] }] };
}

export function openSignedIn(browser: Browser, signedIn: SignedIn, options: BrowserContextOptions) {
  return browser.newContext({ ...options, storageState: signedIn });
}

// What says that news come in: of a wide page it stands at the side, of a phone at the top.
export const live = (page: Page) => page.getByText("Live", { exact: true }).filter({ visible: true });

export const test = base.extend<Fixtures, WorkerFixtures>({
  gateway: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      const gateway = await Gateway.start();
      await use(gateway);
      await gateway.end();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  signedIn: [async ({ gateway }, use) => use(await signIn(gateway)), { scope: "worker" }],
  baseURL: async ({ gateway }, use) => use(gateway.url),
  watch: async ({ page, gateway }, use) => {
    const watch = await Watch.over(page, gateway.url);
    await use(watch);
    watch.check();
  },
  uiWatch: async ({ context, page, signedIn, gateway }, use) => {
    await context.setStorageState(signedIn);
    const watch = await Watch.over(page, gateway.url);
    await use(watch);
    watch.check();
  },
  ui: async ({ uiWatch }, use) => use(uiWatch.page),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  receiver: async ({}, use) => {
    const receiver = await Receiver.start();
    await use(receiver);
    receiver.close();
  },
});

export { expect } from "@playwright/test";
