import { expect, test } from "vitest";
import { countdown, duration, relativeTime } from "./time";

const now = new Date("2027-01-15T08:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test("times are told by their distance", () => {
  expect(relativeTime(before(3), now)).toBe("just now");
  expect(relativeTime(before(59), now)).toBe("59 seconds ago");
  expect(relativeTime(before(60), now)).toBe("1 minute ago");
  expect(relativeTime(before(3599), now)).toBe("59 minutes ago");
  expect(relativeTime(before(-7200), now)).toBe("in 2 hours");
  expect(relativeTime(before(86400), now)).toBe("yesterday");
  expect(relativeTime(before(400 * 86400), now)).toBe("last year");
});

test("durations have the unit that fits", () => {
  expect(duration(0)).toBe("0 ms");
  expect(duration(999)).toBe("999 ms");
  expect(duration(1400)).toBe("1.4 s");
  expect(duration(59_000)).toBe("59 s");
  expect(duration(125 * 60_000)).toBe("2 h 5 min");
  expect(duration(48 * 3_600_000)).toBe("2 d");
});

test("a countdown never shows less than nothing", () => {
  expect(countdown(60)).toBe("1:00");
  expect(countdown(19.2)).toBe("0:20");
  expect(countdown(-3)).toBe("0:00");
});
