import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/fixtures";

const token = "Admin token";

test("a wrong token is refused, the right one lets in, and signing out ends it", async ({
  page,
  watch,
  gateway,
  context,
}) => {
  // The browser logs that one was refused, and nothing before.
  await page.goto("/ui/events");
  await expect(page.getByLabel(token)).toBeVisible();
  watch.check();
  watch.allow(/\b401\b.*\/session\b/);
  await page.getByLabel(token).fill("parley_not-the-token");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toContainText("does not know this token");
  await expectAccessible(page);
  expect(await context.cookies()).toEqual([]);

  await page.getByLabel(token).fill(gateway.demo.admin_token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible();
  const [cookie] = await context.cookies(`${gateway.url}/parley/v1`);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  expect(cookie?.value).not.toContain(gateway.demo.admin_token);

  await page.reload();
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel(token)).toBeVisible();
  expect(await context.cookies(`${gateway.url}/parley/v1`)).toEqual([]);
  await page.reload();
  await expect(page.getByLabel(token)).toBeVisible();
});

test("a sign-in link lets in, and its token leaves the address", async ({ page, gateway }) => {
  await page.goto(`/ui/events#token=${gateway.demo.admin_token}`);
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(`${gateway.url}/ui/events`);
  // Nor does going back show it.
  expect(await page.evaluate(() => [history.length, location.href, document.referrer].join())).not.toContain(
    gateway.demo.admin_token,
  );
});

test("the keyboard alone signs in and gets around", async ({ page, gateway }) => {
  await page.goto("/ui/");
  // The field has the focus from the start.
  await expect(page.getByLabel(token)).toBeFocused();
  await page.keyboard.type(gateway.demo.admin_token);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  // The first stop leads over the navigation.
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();

  await tabTo("link", "Channels");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Channels", level: 1 })).toBeFocused();

  // A dialog takes the focus, keeps it, and gives it back.
  await tabTo("button", "New channel");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New channel" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "New channel" })).toBeFocused();

  // A menu goes by the arrows.
  await tabTo("button", "Colours");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: "As the system" })).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Colours" })).toBeFocused();

  async function tabTo(role: "link" | "button", name: string) {
    const wanted = page.getByRole(role, { name, exact: true });
    await expect(wanted).toBeVisible();
    const isThere = () => wanted.evaluate((element) => element === document.activeElement);
    for (let step = 0; step < 80 && !(await isThere()); step++) await page.keyboard.press("Tab");
    await expect(wanted).toBeFocused();
  }
});
