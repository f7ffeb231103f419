// Variables of templates: {{1}}, {{2}}, or by name.

const variable = /\{\{\s*([\w]+)\s*\}\}/g;

// Each once, in the order in which they stand.
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(variable)].map((found) => found[1] ?? ""))];
}

export function filled(text: string, values: readonly string[]): string {
  const names = variablesOf(text);
  return text.replace(variable, (whole, name: string) => values[names.indexOf(name)] || whole);
}
