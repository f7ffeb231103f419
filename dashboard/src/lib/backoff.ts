// How long to wait before the next attempt: doubling from half a second, at most 15 s, each with up to a
// quarter on top so that many pages do not come back together.
export function backoffMs(attempt: number, chance: number): number {
  const wait = Math.min(500 * 2 ** Math.min(attempt, 10), 15_000);
  return Math.round(wait * (1 + chance / 4));
}
