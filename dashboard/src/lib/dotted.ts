// Members of nested objects by the paths that the API names them by: "cloud.access_token",
// "poll.options[1]".

function partsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter(Boolean);
}

export function get(object: unknown, path: string): unknown {
  let value = object;
  for (const part of partsOf(path)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

// A copy in which that member is another; what is not on the way is shared.
export function set<T extends object>(object: T, path: string, value: unknown): T {
  return setIn(object, partsOf(path), value) as T;
}

function setIn(object: unknown, [first = "", ...rest]: string[], value: unknown): unknown {
  const isObject = typeof object === "object" && object !== null;
  const old = isObject ? (object as Record<string, unknown>)[first] : undefined;
  const member = rest.length > 0 ? setIn(old, rest, value) : value;
  if (Array.isArray(object)) return Object.assign([...object], { [first]: member });
  return { ...(isObject && object), [first]: member };
}
