// How the calls go out that are tried: those of the gateway's operators go by the session, and a stream
// is looked at for a moment, for the viewer shows an answer only when it has ended.
import { sessionHeaders } from "@/api/client";
import { adminStandIn } from "./apis";
import type { ViewerRequest } from "./swagger";

const streamedMs = 3000;
const streamedAtMost = 64 * 1024; // bytes

async function beginningOf(response: Response, under: AbortController): Promise<Response> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const timer = setTimeout(() => under.abort(), streamedMs);
  const reader = response.body?.getReader();
  try {
    for (let size = 0; reader && size < streamedAtMost; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value as Uint8Array<ArrayBuffer>);
      size += value.length;
    }
  } catch {
    // The time is over.
  }
  clearTimeout(timer);
  under.abort();
  const { status, statusText, headers } = response;
  return new Response(new Blob(parts), { status, statusText, headers });
}

async function send(url: string, request: RequestInit): Promise<Response> {
  const under = new AbortController();
  const response = await fetch(url, { ...request, signal: under.signal, cache: "no-store" });
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream");
  return isStream ? beginningOf(response, under) : response;
}

export function prepare(request: ViewerRequest): ViewerRequest {
  const prepared: ViewerRequest = { ...request, headers: { ...request.headers }, userFetch: send };
  if (prepared.headers.Authorization === `Bearer ${adminStandIn}`) {
    delete prepared.headers.Authorization;
    Object.assign(prepared.headers, sessionHeaders(request.method));
  }
  return prepared;
}
