// Addresses of the page: patterns such as /accounts/:account/channels/:channel.

export type Params = Record<string, string>;

export function match(pattern: string, path: string): Params | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/(?<=.)\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Params = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (!part.startsWith(":")) {
      if (part !== text) return undefined;
      continue;
    }
    if (text === "") return undefined;
    try {
      params[part.slice(1)] = decodeURIComponent(text);
    } catch {
      return undefined;
    }
  }
  return params;
}

export function paramsOf(pattern: string): string[] {
  return pattern
    .split("/")
    .filter((part) => part.startsWith(":"))
    .map((part) => part.slice(1));
}

// The pattern with its parameters filled in; throws when one is missing, which is a fault of the caller.
export function fill(pattern: string, params: Params): string {
  return pattern.replace(/:([a-z]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${pattern} needs ${name}`);
    return encodeURIComponent(value);
  });
}
