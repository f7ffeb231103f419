import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "../support/fixtures";

test("the server tells its version and how full it is, and leads to the licences", async ({ ui }) => {
  await ui.goto("/ui/settings");
  await expect(ui.getByText("As a demo")).toBeVisible();
  await expect(ui.getByRole("meter", { name: "Connections" })).toBeVisible();
  const opened = ui.waitForEvent("popup");
  await ui.getByRole("link", { name: "Of the programs by others in this page" }).click();
  const licences = await opened;
  await expect(licences).toHaveURL(/\/ui\/licences\.txt$/);
  await expect(licences.locator("body")).toContainText(/preact \d+\.\d+\.\d+ \(MIT\)/);
});

test("options are searched, and those that are set say by what", async ({ ui }) => {
  await ui.goto("/ui/settings?tab=options");
  const rows = ui.getByRole("row").filter({ has: ui.getByRole("cell") });
  await ui.getByRole("combobox", { name: "Which options" }).selectOption("Those that are set");
  await expect(rows.filter({ has: ui.getByRole("cell", { name: "Default", exact: true }) })).toHaveCount(0);
  const listen = rows.filter({ hasText: /^listen/ });
  await expect(listen).toContainText("Command line");
  await ui.getByRole("searchbox", { name: "Search options" }).fill("listen");
  await expect(rows.filter({ hasText: /^data/ })).toHaveCount(0);
  await expect(listen).toHaveCount(1);
  await ui.getByRole("searchbox", { name: "Search options" }).fill("no such option");
  await expect(ui.getByText("No option fits")).toBeVisible();
});

test("the data folder is backed up while the server runs", async ({ ui, uiWatch }) => {
  const folder = await mkdtemp(join(tmpdir(), "parley-backup-"));
  try {
    uiWatch.allow(/\b4\d\d\b.*\/backup\b/);
    await ui.goto("/ui/settings?tab=backup");
    const field = ui.getByLabel("Folder");
    await field.fill("not/a/full/path");
    await ui.getByRole("button", { name: "Back up now" }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await field.fill(folder);
    await ui.getByRole("switch", { name: "With the key that seals secrets" }).uncheck();
    await ui.getByRole("button", { name: "Back up now" }).click();
    await expect(ui.getByText("The backup is on the disk")).toBeVisible();
    await expect(ui.getByText("Not included")).toBeVisible();
    expect(await readdir(folder)).not.toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("the colours are chosen and kept", async ({ ui }) => {
  await ui.goto("/ui/settings?tab=browser");
  await ui.getByText("Dark", { exact: true }).click();
  await expect(ui.locator("html")).toHaveAttribute("data-theme", "dark");
  await ui.reload();
  await expect(ui.locator("html")).toHaveAttribute("data-theme", "dark");
});
