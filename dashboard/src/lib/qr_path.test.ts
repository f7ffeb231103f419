import { expect, test } from "vitest";
import { qrPath } from "./qr_path";

test("runs become one rectangle each", () => {
  const [o, x] = [false, true];
  expect(
    qrPath([
      [x, x, o, x],
      [o, o, o, o],
      [o, x, x, x],
    ]),
  ).toBe("M0 0h2v1H0zM3 0h1v1H3zM1 2h3v1H1z");
});
