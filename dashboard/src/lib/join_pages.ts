// A first page that was read again, and what had been loaded below it before. `isAll`: nothing comes after
// the page, so what was below it is gone. `cut`: nothing of the old stays, so that one goes on from the new
// page.
export function joinPages<T>(
  page: readonly T[],
  old: readonly T[],
  keyOf: (item: T) => string | number,
  isAll: boolean,
): { items: T[]; cut: boolean } {
  const last = page.at(-1);
  if (last === undefined || isAll) return { items: [...page], cut: true };
  const lastKey = keyOf(last);
  const place = old.findIndex((item) => keyOf(item) === lastKey);
  const tail = place < 0 ? [] : old.slice(place + 1);
  return { items: [...page, ...tail], cut: tail.length === 0 };
}
