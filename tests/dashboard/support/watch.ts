// What a page may not do while a story runs: log errors, break its content security policy, ask in
// vain, ask somebody else. A story names beforehand what it provokes.
import { expect, type Page, type Request } from "@playwright/test";

const policyBroken = "Content security policy broken:";

export class Watch {
  private readonly faults: string[] = [];
  private readonly underWay = new Set<Request>();
  private readonly provoked: RegExp[] = [];

  private constructor(readonly page: Page) {}

  static async over(page: Page, url: string): Promise<Watch> {
    const watch = new Watch(page);
    const origin = new URL(url).origin;
    await page.addInitScript((words) => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(words, event.violatedDirective, event.blockedURI, event.sourceFile);
      });
    }, policyBroken);
    page.on("console", (message) => {
      if (message.type() === "error") watch.note(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => watch.note(`uncaught: ${error.stack ?? error.message}`));
    page.on("request", (request) => {
      // Of a stream nobody knows when it is complete.
      if (request.resourceType() !== "eventsource") watch.underWay.add(request);
      if (!isOwn(request.url(), origin)) watch.note(`asked somebody else: ${request.url()}`);
    });
    page.on("requestfinished", (request) => watch.underWay.delete(request));
    page.on("requestfailed", (request) => {
      watch.underWay.delete(request);
      const reason = request.failure()?.errorText ?? "";
      // The page itself gives up what it no longer needs.
      if (reason !== "net::ERR_ABORTED") watch.note(`failed: ${reason} ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400)
        watch.note(`answered ${response.status()}: ${response.request().method()} ${response.url()}`);
    });
    return watch;
  }

  // What the story does on purpose, for as long as the page is watched.
  allow(...faults: RegExp[]): void {
    this.provoked.push(...faults);
  }

  // Nothing is being loaded any more.
  async quiet(): Promise<void> {
    const left = () => [...this.underWay].map((request) => request.url());
    await expect.poll(left, "requests under way").toEqual([]);
  }

  check(): void {
    expect(this.faults, "what the page did wrong").toEqual([]);
  }

  private note(fault: string): void {
    if (!this.provoked.some((one) => one.test(fault))) this.faults.push(fault);
  }
}

function isOwn(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || /^(blob|data):/.test(url);
}
