// Calls of Parley's own API. Every answer that is not a success is thrown as an ApiError, also when no
// answer came at all; callers show it with <ErrorNote>, a form or a toast.
import { signal } from "@preact/signals";

export interface Fault {
  path: string;
  text: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: no answer
    readonly code: string,
    message: string,
    readonly faults: Fault[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = "ApiError";
  }
  get unreachable(): boolean {
    return this.status === 0;
  }
  get notFound(): boolean {
    return this.status === 404 || this.status === 405;
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

interface CallOptions {
  query?: Query;
  body?: unknown; // JSON, or a Blob that goes as it is
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
}

const root = "/parley/v1";

// Whether the last call got an answer. The frame shows it; nothing else should.
export const serverAnswers = signal(true);

let csrf = "";
let signedOut: () => void = () => {};

export function setCsrf(token: string): void {
  csrf = token;
}

// Called when the server takes the session no longer.
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

// A path of encoded segments: at`/accounts/${id}/keys`.
export function at(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: strings }, ...values.map((value) => encodeURIComponent(value)));
}

// The whole address of a path, for what the browser loads by itself (images, streams).
export function urlOf(path: string, query?: Query): string {
  return root + withQuery(path, query);
}

// What a call of the session has to bring along with the cookie.
export function sessionHeaders(method: string): Record<string, string> {
  return ["GET", "HEAD"].includes(method.toUpperCase()) ? {} : { "X-Parley-CSRF": csrf };
}

function headersOf(method: string, options: CallOptions): Headers {
  const headers = new Headers({ ...options.headers, ...sessionHeaders(method) });
  headers.set("Accept", "application/json");
  if (options.body !== undefined && !(options.body instanceof Blob))
    headers.set("Content-Type", "application/json");
  return headers;
}

// The simulated network's control API names them otherwise.
function faultsOf(told: { faults?: Fault[]; fields?: { path: string; message: string }[] }): Fault[] {
  return told.faults ?? told.fields?.map(({ path, message }) => ({ path, text: message })) ?? [];
}

async function errorOf(response: Response): Promise<ApiError> {
  const retry = Number(response.headers.get("Retry-After")) || undefined;
  const body = await response.json().catch(() => undefined);
  const told = body?.error;
  if (typeof told?.code === "string")
    return new ApiError(response.status, told.code, told.message ?? told.code, faultsOf(told), retry);
  // A proxy in between that cannot reach the server says so with a page of its own.
  if ([502, 503, 504].includes(response.status))
    return new ApiError(0, "unreachable", "The server does not answer.");
  return new ApiError(response.status, "unexpected", `The server answered ${response.status}.`);
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const { body } = options;
  try {
    return await fetch(urlOf(path, options.query), {
      method,
      headers: headersOf(method, options),
      body: body === undefined || body instanceof Blob ? (body ?? null) : JSON.stringify(body),
      signal: options.signal ?? null,
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    serverAnswers.value = false;
    throw new ApiError(0, "unreachable", "The server does not answer.");
  }
}

// Somebody signed in again in another tab: the cookie is a new one, and so is its proof.
async function askForCsrf(): Promise<boolean> {
  const response = await send("GET", "/session", {});
  if (response.ok) setCsrf((await response.json()).csrf);
  return response.ok;
}

async function call<T>(method: string, path: string, options: CallOptions = {}, again = true): Promise<T> {
  const response = await send(method, path, options);
  if (response.ok) {
    serverAnswers.value = true;
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const error = await errorOf(response);
  if (error.code === "csrf" && again && (await askForCsrf())) return call<T>(method, path, options, false);
  serverAnswers.value = !error.unreachable;
  if (error.status === 401 && path !== "/session") signedOut();
  throw error;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown, options?: CallOptions) =>
    call<T>("POST", path, { ...options, body }),
  put: <T>(path: string, body: unknown) => call<T>("PUT", path, { body }),
  patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, { body }),
  delete: <T = void>(path: string) => call<T>("DELETE", path),
};

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(-1, "fault_of_the_page", error instanceof Error ? error.message : String(error));
}
