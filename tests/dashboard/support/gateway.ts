// `parley serve --demo` as a process of its own, which may be stopped and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Demo {
  base_url: string;
  sim_url: string;
  admin_token: string;
  twochat: { api_key: string; number: string };
  wapio: { pat: string; session_id: string; session_key: string };
  people: { number: string; name: string }[];
}

// biome-ignore lint/suspicious/noExplicitAny: what the server answers is looked into by the stories
export type Answer = any;

const readyWithinMs = 60_000;
const binary = process.env.DASHBOARD_BINARY ?? "";

// One that stays free while the gateway is stopped, as is the one after it, where the simulated network
// listens: no connection is given a port below those that the system hands out.
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 5000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((tell) => {
    const probe = createServer();
    probe.once("error", () => tell(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => tell(true)));
  });
}

export class Gateway {
  demo!: Demo;
  private process: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly options: readonly string[],
  ) {}

  static async start(...options: string[]): Promise<Gateway> {
    const folder = await mkdtemp(join(tmpdir(), "parley-dashboard-"));
    const gateway = new Gateway(folder, options);
    await gateway.launch(`127.0.0.1:${await freePort()}`);
    return gateway;
  }

  get url(): string {
    return this.demo.base_url;
  }

  // The process, for those who measure it.
  get pid(): number {
    return this.process?.pid ?? 0;
  }

  private async launch(listen: string): Promise<void> {
    const data = join(this.folder, "data");
    const log = createWriteStream(join(this.folder, "log"), { flags: "a" });
    const started = spawn(binary, ["serve", "--demo", "--data", data, "--listen", listen, ...this.options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = started;
    let told = "";
    await new Promise<void>((ready, failed) => {
      const patience = setTimeout(() => failed(new Error(`not ready in time:\n${told}`)), readyWithinMs);
      started.once("exit", (code) => failed(new Error(`ended with ${code}:\n${told}`)));
      started.once("error", failed);
      for (const stream of [started.stdout, started.stderr])
        stream?.on("data", (text) => {
          log.write(text);
          if (told.length < 10_000) told += text;
          if (!told.includes("Parley is ready at")) return;
          clearTimeout(patience);
          ready();
        });
    });
    this.demo = JSON.parse(await readFile(join(data, "demo.json"), "utf8"));
  }

  // SIGTERM, as at an update.
  async stop(): Promise<void> {
    const running = this.process;
    this.process = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill("SIGTERM");
    await ended;
  }

  // At the same address and with the same data.
  async startAgain(): Promise<void> {
    await this.launch(new URL(this.url).host);
  }

  async end(): Promise<void> {
    this.process?.kill("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }

  admin(method: string, path: string, body?: object): Promise<Answer> {
    return ask(method, `${this.url}/parley/v1${path}`, body, {
      Authorization: `Bearer ${this.demo.admin_token}`,
    });
  }

  twochat(method: string, path: string, body?: object): Promise<Answer> {
    return ask(method, this.url + path, body, { "X-User-API-Key": this.demo.twochat.api_key });
  }

  sim(method: string, path: string, body?: object): Promise<Answer> {
    return ask(method, this.demo.sim_url + path, body, {});
  }

  // The account that has the demo's numbers.
  async account(): Promise<string> {
    const info = await this.twochat("GET", "/open/info");
    return info.account.uuid.slice("ACC".length);
  }

  // The channel of the number that 2Chat's part of the demo sends from.
  async channel(): Promise<Answer> {
    const { channels } = await this.admin("GET", `/accounts/${await this.account()}/channels?limit=500`);
    return channels.find((one: Answer) => one.phone === this.demo.twochat.number);
  }
}

async function ask(method: string, url: string, body: object | undefined, headers: Record<string, string>) {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { "Content-Type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answers ${response.status}: ${text.slice(0, 500)}`);
  return text ? JSON.parse(text) : undefined;
}
