// JSON as it is shown: indented, and cut into what is coloured differently.

export interface Token {
  kind: "key" | "string" | "number" | "word" | "plain";
  text: string;
}

const pattern =
  /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([^"\-\dtfn]+|.)/gy;

export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const [whole, string, colon, number, word] of text.matchAll(pattern)) {
    if (string && colon) found.push({ kind: "key", text: string }, { kind: "plain", text: colon });
    else if (string) found.push({ kind: "string", text: string });
    else if (number) found.push({ kind: "number", text: number });
    else if (word) found.push({ kind: "word", text: word });
    else found.push({ kind: "plain", text: whole });
  }
  return found;
}

// The text indented when it is JSON, else as it stands.
export function pretty(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2) ?? "";
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
