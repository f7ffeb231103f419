// The browser's part of ./bench dashboard. Reads commands as lines of JSON and answers each with a line:
//
//   {"do": "time", "url"}          how long an empty profile takes until the page can be used, in ms
//   {"do": "open", "url"}          opens a page that stays open
//   {"do": "memory"}               of that page, after the garbage was collected
//   {"do": "position", "reach"}    waits until the page has heard of this event
//   {"do": "close"}                closes it
//
// BENCH_DASHBOARD says where Playwright and the browser are, and which cookie is signed in.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { modules, executable, cookie } = JSON.parse(process.env.BENCH_DASHBOARD);
const { chromium } = createRequire(`${modules}/`)("playwright-core");
const browser = await chromium.launch({
  executablePath: executable,
  chromiumSandbox: process.getuid() !== 0,
  args: ["--js-flags=--expose-gc"],
});

// Usable: the heading and, where there is one, the navigation are drawn, and nothing is waited for.
function watchUsable() {
  let last = 0;
  const look = () => {
    if (document.querySelector("h1") && !document.querySelector(".skeleton-space")) {
      last ||= performance.now();
      requestAnimationFrame(() => {
        globalThis.usableAt ??= performance.now();
      });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", look);
  // A task that began before and goes on: clicks wait for its end.
  globalThis.busyUntil = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.busyUntil = startTime + duration;
  }).observe({ type: "longtask", buffered: true });
}

async function newContext() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  if (cookie) {
    await context.addCookies([cookie]);
    // As signing in leaves it: dashboard/src/lib/session_mark.ts.
    await context.addInitScript(() => {
      if (location.protocol === "http:") localStorage.setItem("parley.session", "yes");
    });
  }
  return context;
}

async function time({ url }) {
  const context = await newContext();
  const page = await context.newPage();
  await page.addInitScript(watchUsable);
  let bytes = 0;
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.usableAt !== undefined);
  const ms = await page.evaluate(() => {
    const { usableAt, busyUntil } = globalThis;
    return busyUntil > usableAt ? busyUntil : usableAt;
  });
  await context.close();
  return { ms, bytes };
}

let context;
let page;
let session;

async function open({ url }) {
  context = await newContext();
  page = await context.newPage();
  await page.addInitScript(() => {
    // What the page is told is counted where it arrives, without keeping it.
    globalThis.reached = 0;
    const Source = globalThis.EventSource;
    globalThis.EventSource = class extends Source {
      addEventListener(name, listener) {
        super.addEventListener(name, (event) => {
          globalThis.reached = Number(event.lastEventId);
          globalThis.heard = (globalThis.heard ?? 0) + 1;
          listener(event);
        });
      }
    };
  });
  await page.goto(url);
  await page.locator("h1").waitFor();
  session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  return {};
}

// The renderer's own pages: what the tab costs the machine.
async function ownKilobytes() {
  const shown = await browser.newBrowserCDPSession();
  const { processInfo } = await shown.send("SystemInfo.getProcessInfo");
  await shown.detach();
  let most = 0;
  for (const { id, type } of processInfo) {
    if (type !== "renderer") continue;
    const text = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
    const own = [...text.matchAll(/^Private_(?:Clean|Dirty): +(\d+)/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0);
    most = Math.max(most, own);
  }
  return most;
}

async function memory() {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { metrics } = await session.send("Performance.getMetrics");
  const nodes = metrics.find(({ name }) => name === "Nodes").value;
  const heard = await page.evaluate(() => globalThis.heard ?? 0);
  return { heap: usedSize, nodes, own_kb: await ownKilobytes(), heard };
}

async function position({ reach }) {
  await page.waitForFunction((wanted) => globalThis.reached >= wanted, reach, { timeout: 1_200_000, polling: 250 });
  return {};
}

async function close() {
  await context.close();
  return {};
}

const commands = { time, open, memory, position, close };
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  const answer = await commands[command.do](command).catch((error) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
