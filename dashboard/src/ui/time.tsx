import { everyTenSeconds } from "@/lib/clock";
import { absoluteTime, relativeTime, shortTime } from "@/lib/time";

// "3 minutes ago", kept up to date; the whole time in the reader's zone when pointed at.
export function Ago({ at }: { at: string }) {
  const time = new Date(at);
  return (
    <time dateTime={at} title={absoluteTime(time)} class="nowrap">
      {relativeTime(time, new Date(everyTenSeconds.value))}
    </time>
  );
}

// The clock time, with the day when it is not today: for logs.
export function At({ at }: { at: string }) {
  const time = new Date(at);
  return (
    <time dateTime={at} title={absoluteTime(time)} class="nowrap">
      {shortTime(time, new Date(everyTenSeconds.value))}
    </time>
  );
}
