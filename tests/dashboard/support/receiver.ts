// A webhook receiver that answers as it is told.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Post {
  path: string;
  headers: Record<string, unknown>;
  body: string;
  status: number; // what it was answered
}

export class Receiver {
  readonly posts: Post[] = [];
  answers = 200; // with this status
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const status = receiver.answers;
        const { url: path = "", headers } = request;
        receiver.posts.push({ path, headers, body: Buffer.concat(parts).toString(), status });
        response.writeHead(status, { "Content-Type": "text/plain" });
        response.end(status >= 400 ? "The receiver's database is away" : "ok");
      });
    });
    const receiver = new Receiver(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

// What a post's header says that is signed with a secret (docs/webhooks.md).
export function signature(secret: string, { headers, body }: Post): string {
  const bare = /^whsec_(.*)$/.exec(secret)?.[1];
  const key = bare ? Buffer.from(bare, "base64") : secret;
  const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", key).update(text).digest("base64")}`;
}
