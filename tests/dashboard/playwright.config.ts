// The dashboard in a browser, against the real server. run.py says how it is started.
import { defineConfig } from "@playwright/test";

const { DASHBOARD_WORK: work = ".", CI } = process.env;

export default defineConfig({
  testDir: "stories",
  outputDir: `${work}/failures`,
  reporter: [["list"], ["./support/faults.ts"]],
  forbidOnly: CI === "true",
  // A story that passes at its second try is a story that fails.
  retries: 0,
  workers: 1,
  fullyParallel: false,
  // Nothing waits for a time; these say when to give up on a slow machine.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.DASHBOARD_CHROMIUM ?? "/usr/bin/chromium",
      chromiumSandbox: process.getuid?.() !== 0,
    },
    actionTimeout: 60_000,
    navigationTimeout: 120_000,
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    contextOptions: { reducedMotion: "reduce" },
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
  },
});
