// With a gateway of its own, which nobody else misses.
import { expect, live, openSignedIn, signIn, test } from "../support/fixtures";
import { Gateway } from "../support/gateway";
import { Watch } from "../support/watch";

test("the server is restarted under an open page, which goes on", async ({ browser }) => {
  const gateway = await Gateway.start();
  const context = await openSignedIn(browser, await signIn(gateway), {});
  try {
    const page = await context.newPage();
    const watch = await Watch.over(page, gateway.url);
    watch.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
    const account = await gateway.account();
    const { channel_id: id } = await gateway.channel();
    const path = `/accounts/${account}/channels`;
    const turn = (verb: "connect" | "disconnect") => gateway.admin("POST", `${path}/${id}/${verb}`);
    const state = page.getByRole("row", { name: gateway.demo.twochat.number }).getByRole("cell").nth(1);
    const banner = page.getByText("The server does not answer since");

    await page.goto(`${gateway.url}/ui${path}`);
    await expect(live(page)).toBeVisible();
    await expect(state).toHaveText("Connected");
    await turn("disconnect");
    await expect(state).toContainText("Disconnected");

    await gateway.stop();
    await expect(banner).toBeVisible();
    await expect(live(page)).toBeHidden();
    // What was there stays.
    await expect(state).toContainText("Disconnected");

    await gateway.startAgain();
    await expect(live(page)).toBeVisible();
    await expect(banner).toBeHidden();
    await turn("connect");
    await expect(state).toHaveText("Connected");
    watch.check();
  } finally {
    await context.close();
    await gateway.end();
  }
});

test("a page that is opened while the server is down waits for it", async ({ browser }) => {
  const gateway = await Gateway.start();
  const context = await openSignedIn(browser, await signIn(gateway), {});
  try {
    const page = await context.newPage();
    await page.goto(`${gateway.url}/ui/`);
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await gateway.stop();

    // A page of which nothing was loaded yet says so, and offers to try again.
    await page.getByRole("link", { name: "Webhooks" }).click();
    await expect(page.getByRole("heading", { name: /could not be loaded|Webhooks/ })).toBeVisible();
    await expect(page.getByText(/does not answer/).first()).toBeVisible();
    await gateway.startAgain();
    await expect(live(page)).toBeVisible();
  } finally {
    await context.close();
    await gateway.end();
  }
});
