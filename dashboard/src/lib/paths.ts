// Addresses of the page: patterns such as /accounts/:account/channels/:channel. Parameters at the end may
// be optional (/inbox/:channel?/:chat?): the page stays when they change, so lists keep their place.

export type Params = Record<string, string>;

interface Part {
  name: string; // of a parameter, else the text itself
  kind: "text" | "required" | "optional";
}

function partsOf(pattern: string): Part[] {
  return pattern.split("/").map((text) => {
    if (!text.startsWith(":")) return { name: text, kind: "text" };
    if (text.endsWith("?")) return { name: text.slice(1, -1), kind: "optional" };
    return { name: text.slice(1), kind: "required" };
  });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export function match(pattern: string, path: string): Params | undefined {
  const wanted = partsOf(pattern);
  const given = path.replace(/(?<=.)\/$/, "").split("/");
  if (given.length > wanted.length) return undefined;
  const params: Params = {};
  for (const [index, { name, kind }] of wanted.entries()) {
    const text = given[index];
    if (kind === "text") {
      if (text !== name) return undefined;
    } else if (text === undefined || text === "") {
      if (kind === "required" || text === "") return undefined;
    } else {
      const value = decoded(text);
      if (value === undefined) return undefined;
      params[name] = value;
    }
  }
  return params;
}

export function paramsOf(pattern: string): string[] {
  return partsOf(pattern)
    .filter((part) => part.kind !== "text")
    .map((part) => part.name);
}

// The pattern with its parameters filled in; throws when a required one is missing, which is a fault of
// the caller. It ends before the first optional one that is missing.
export function fill(pattern: string, params: Params): string {
  const texts: string[] = [];
  for (const { name, kind } of partsOf(pattern)) {
    const value = params[name];
    if (kind === "text") texts.push(name);
    else if (value !== undefined && value !== "") texts.push(encodeURIComponent(value));
    else if (kind === "optional") break;
    else throw new Error(`${pattern} needs ${name}`);
  }
  return texts.join("/") || "/";
}

// What a page is the same page by: its address without what is optional.
export function pageKey(pattern: string, params: Params): string {
  return fill(pattern.replace(/\/:[a-z]+\?/g, ""), params);
}
