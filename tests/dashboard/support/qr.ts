// Reads a QR code from the screen, as a phone's camera does.
import { expect, type Locator } from "@playwright/test";
import jsQR from "jsqr";
import { PNG } from "pngjs";

// biome-ignore lint/suspicious/noExplicitAny: the package is CommonJS, of which bundlers disagree
const decode: typeof jsQR = (jsQR as any).default ?? jsQR;

export async function scan(code: Locator): Promise<string> {
  await expect(code).toBeVisible();
  const { data, width, height } = PNG.sync.read(await code.screenshot());
  const found = decode(new Uint8ClampedArray(data), width, height);
  expect(found, "what is drawn is a QR code").not.toBeNull();
  return found?.data ?? "";
}
