import { expect, test } from "vitest";
import { bytes } from "./bytes";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [9960, "10 kB"],
  [999_600, "1.0 MB"],
  [36_790_272, "37 MB"],
  [107_374_182_400, "107 GB"],
])("%i bytes are %s", (value, text) => {
  expect(bytes(value)).toBe(text);
});
