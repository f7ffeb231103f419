// A webhook receiver that works, or is broken, as it is told.
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
  broken = false;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const status = receiver.broken ? 500 : 200;
        const { url: path = "", headers } = request;
        receiver.posts.push({ path, headers, body: Buffer.concat(parts).toString(), status });
        response.writeHead(status, { "Content-Type": "text/plain" });
        response.end(receiver.broken ? "The receiver's database is away" : "ok");
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
