// The time as signals, so that only what shows it is drawn again. They stand still while nobody looks.
import { signal } from "@preact/signals";

export const everySecond = signal(Date.now());
export const everyTenSeconds = signal(Date.now());

function tick(): void {
  if (document.hidden) return;
  const now = Date.now();
  everySecond.value = now;
  if (now - everyTenSeconds.value >= 10_000) everyTenSeconds.value = now;
}

export function startClock(): void {
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
}
