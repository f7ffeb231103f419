// Times as people read them. Everything is in the reader's zone and language of dates.

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "long" });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const minute = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const steps: [limit: number, divisor: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86400, 3600, "hour"],
  [30 * 86400, 86400, "day"],
  [365 * 86400, 30 * 86400, "month"],
  [Number.POSITIVE_INFINITY, 365 * 86400, "year"],
];

// "3 minutes ago", "in 5 minutes". Within ten seconds it is "just now", so that lists do not tick.
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < 10) return "just now";
  for (const [limit, divisor, unit] of steps)
    if (Math.abs(seconds) < limit) return relative.format(Math.trunc(seconds / divisor), unit);
  return absoluteTime(at);
}

export function absoluteTime(at: Date): string {
  return absolute.format(at);
}

// Without the seconds, for axes.
export function minuteTime(at: Date): string {
  return minute.format(at);
}

export function clockTime(at: Date): string {
  return clock.format(at);
}

// The time alone for today, the day with it for any other.
export function shortTime(at: Date, now: Date): string {
  return at.toDateString() === now.toDateString()
    ? clock.format(at)
    : `${day.format(at)}, ${clock.format(at)}`;
}

// "Today", "Yesterday", or the day.
export function dayText(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString()) return "Today";
  const before = new Date(now);
  before.setDate(now.getDate() - 1);
  return at.toDateString() === before.toDateString() ? "Yesterday" : day.format(at);
}

// For lists that say when something last happened: the time today, else the day.
export function briefTime(at: Date, now: Date): string {
  return at.toDateString() === now.toDateString() ? minute.format(at) : dayText(at, now);
}

// "12 ms", "1.4 s", "3 min", "2 h 5 min", "4 d 3 h"
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
}

// m:ss, for countdowns
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
