import { expect, test } from "vitest";
import { recordedFile, recordingType } from "./recording";

const chromium = (type: string) => type.startsWith("audio/webm") || type === "audio/mp4";

test("Ogg is preferred, and all there is where nothing converts", () => {
  expect(recordingType(() => true, true)).toBe("audio/ogg;codecs=opus");
  expect(recordingType(() => true, false)).toBe("audio/ogg;codecs=opus");
  expect(recordingType(chromium, true)).toBe("audio/webm;codecs=opus");
  expect(recordingType(chromium, false)).toBeUndefined();
  expect(recordingType(() => false, true)).toBeUndefined();
});

test("a recording is a file of its plain type", async () => {
  const file = recordedFile([new Blob(["ab"]), new Blob(["c"])], "audio/webm;codecs=opus");
  expect([file.name, file.type, await file.text()]).toEqual(["voice.webm", "audio/webm", "abc"]);
});
