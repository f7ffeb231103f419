// What fits a few letters, the best first: beginnings of the text before beginnings of words before the
// rest; else in the order given.

function scoreOf(text: string, query: string): number | undefined {
  const place = text.indexOf(query);
  if (place < 0) return undefined;
  if (place === 0) return 0;
  return /[\s@+._-]/.test(text[place - 1] ?? "") ? 1 : 2;
}

export function rank<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [...items];
  return items
    .map((item) => ({ item, score: scoreOf(textOf(item).toLowerCase(), wanted) }))
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ item }) => item);
}
