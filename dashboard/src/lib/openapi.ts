// Cuts one API out of a description of several, for a viewer that shows one at a time.

export interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  [member: string]: unknown;
}

export interface Description {
  openapi: string;
  info: { title: string; version: string };
  tags?: { name: string }[];
  servers?: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components?: { securitySchemes?: Record<string, object>; [member: string]: unknown };
  [member: string]: unknown;
}

export interface Cut {
  tag?: string; // operations with this tag; all when left out
  query?: string; // words that all have to be in the method, path or summary
  server: string; // what paths are below
  scheme?: { name: string; scheme: object }; // of operations, in place of what they say
}

function has(words: string[], method: string, path: string, operation: Operation): boolean {
  const text = `${method} ${path} ${operation.summary ?? ""} ${operation.description ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function cut(whole: Description, { tag, query = "", server, scheme }: Cut): Description {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const paths: Description["paths"] = {};
  for (const [path, methods] of Object.entries(whole.paths)) {
    const kept = Object.entries(methods).filter(
      ([method, operation]) =>
        (tag === undefined || operation.tags?.includes(tag)) && has(words, method, path, operation),
    );
    if (kept.length === 0) continue;
    paths[path] = Object.fromEntries(
      kept.map(([method, operation]) => [
        method,
        scheme ? { ...operation, security: [{ [scheme.name]: [] }] } : operation,
      ]),
    );
  }
  const components = scheme
    ? { ...whole.components, securitySchemes: { [scheme.name]: scheme.scheme } }
    : whole.components;
  return {
    ...whole,
    ...(whole.tags && { tags: whole.tags.filter(({ name }) => tag === undefined || name === tag) }),
    servers: [{ url: server }],
    paths,
    ...(components && { components }),
  };
}

export function operations(description: Description): number {
  return Object.values(description.paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
}
