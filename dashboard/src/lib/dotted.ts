// Members of nested objects by the paths that the API names them by: "cloud.access_token".

export function get(object: unknown, path: string): unknown {
  let value = object;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

// A copy in which that member is another; what is not on the way is shared.
export function set<T extends object>(object: T, path: string, value: unknown): T {
  const [first = "", ...rest] = path.split(".");
  const old = (object as Record<string, unknown>)[first];
  const inner = typeof old === "object" && old !== null ? old : {};
  return { ...object, [first]: rest.length > 0 ? set(inner, rest.join("."), value) : value };
}
