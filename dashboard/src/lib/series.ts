// The overview's samples as charts want them.

export type Samples = readonly (number | null)[];

// The times of `count` samples that are `step` seconds apart, in Unix seconds.
export function timesOf(from: string, step: number, count: number): number[] {
  const first = Date.parse(from) / 1000;
  return Array.from({ length: count }, (_, index) => first + index * step);
}

// The newest of them, so many seconds back.
export function newest<T>(values: readonly T[], step: number, seconds: number): T[] {
  return values.slice(-Math.max(1, Math.round(seconds / step)));
}

export function perSecond(counts: Samples, step: number): (number | null)[] {
  return counts.map((count) => (count === null ? null : count / step));
}

// The server says 0 for a mean of nothing.
export function knownTimes(means: Samples): (number | null)[] {
  return means.map((mean) => (mean === 0 ? null : mean));
}

// Of the last so many samples; undefined when none of them is known.
export function meanOf(values: Samples, samples: number): number | undefined {
  const known = values.slice(-samples).filter((value) => value !== null);
  if (known.length === 0) return undefined;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

// "0", "0.4", "12", "1,234": as exact as it matters.
export function rate(value: number): string {
  if (value < 1) return String(Math.round(value * 100) / 100);
  if (value < 10) return String(Math.round(value * 10) / 10);
  return Math.round(value).toLocaleString("en");
}

export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
