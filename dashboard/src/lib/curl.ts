// Calls as lines that can be pasted into a shell.

export interface HttpCall {
  method: string;
  url: string;
  headers?: Record<string, string>;
  form?: [name: string, value: string][]; // url-encoded, else `body`
  body?: string;
}

export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}

export function curlOf({ method, url, headers = {}, form, body }: HttpCall): string {
  const data = form || body ? "POST" : "GET";
  const parts = ["curl -s"];
  if (method !== data) parts.push(`-X ${method}`);
  parts.push(quoted(url));
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  for (const [name, value] of form ?? []) parts.push(`-d ${quoted(`${name}=${value}`)}`);
  if (body) parts.push(`-d ${quoted(body)}`);
  return parts.join(" ");
}

export type SendingDialect = "2chat" | "wapio" | "1msg";

interface Send {
  origin: string;
  from: string; // the channel's number, with its plus
  code: string; // the channel's code, by which 1MSG names it
  to: string; // with its plus
  text: string;
  key: string | undefined; // a placeholder stands for it when there is none
}

export const placeholders: Record<SendingDialect, string> = {
  "2chat": "YOUR_API_KEY",
  wapio: "YOUR_SESSION_KEY",
  "1msg": "YOUR_TOKEN",
};

const json = { "Content-Type": "application/json" };

// How one sends a text in each dialect.
export const sendCalls: Record<SendingDialect, (send: Send) => HttpCall> = {
  "2chat": ({ origin, from, to, text, key }) => ({
    method: "POST",
    url: `${origin}/open/whatsapp/send-message`,
    headers: { "X-User-API-Key": key ?? placeholders["2chat"], ...json },
    body: JSON.stringify({ from_number: from, to_number: to, text }),
  }),
  wapio: ({ origin, to, text, key }) => ({
    method: "POST",
    url: `${origin}/api/send-message`,
    headers: { Authorization: `Bearer ${key ?? placeholders.wapio}`, ...json },
    body: JSON.stringify({ to, text }),
  }),
  "1msg": ({ origin, code, to, text, key }) => ({
    method: "POST",
    url: `${origin}/${code}/sendMessage?token=${encodeURIComponent(key ?? placeholders["1msg"])}`,
    form: [
      ["phone", to.replace("+", "")],
      ["body", text],
    ],
  }),
};

const keyHeaders: Record<string, Record<string, string>> = {
  "2chat": { "X-User-API-Key": placeholders["2chat"] },
  wapio: { Authorization: `Bearer ${placeholders.wapio}` },
  admin: { Authorization: "Bearer YOUR_ADMIN_TOKEN" },
  simulator: { Authorization: "Bearer YOUR_ADMIN_TOKEN" },
};

// A call that was told of, to be made again: with a placeholder where its key was.
export function curlOfTold(
  call: { api: string; method: string; path: string; request?: string | null | undefined },
  origin: string,
): string {
  const request = call.request ?? "";
  const isJson = /^\s*[[{]/.test(request);
  return curlOf({
    method: call.method,
    url: origin + call.path,
    headers: { ...keyHeaders[call.api], ...(isJson && json) },
    ...(request && { body: request }),
  });
}
