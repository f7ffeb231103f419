import { expect, test } from "vitest";
import { bodyOf, type Draft, fileKind, type Sending, shownDraft } from "./drafts";

function sending(draft: Draft): Sending {
  return { key: "k", chat: "15550100@s.whatsapp.net", draft, quoted: undefined, at: 0 };
}

test("a file's kind is its type's", () => {
  const kinds = ["image/png", "video/mp4", "audio/ogg", "image/webp", "application/pdf", ""];
  expect(kinds.map((type) => fileKind({ type }))).toEqual([
    "image",
    "video",
    "audio",
    "sticker",
    "document",
    "document",
  ]);
});

test("the body names the chat and what it answers to", async () => {
  const text = sending({ kind: "text", text: "Hi" });
  expect(await bodyOf("a", text)).toEqual({ to: text.chat, kind: "text", text: "Hi" });
  const quoted = { ...shownDraft(text), id: "m1" };
  expect(await bodyOf("a", { ...text, quoted })).toMatchObject({ quoted_id: "m1" });
});

test("what was recorded shows as a voice message, whatever it was recorded as", () => {
  const file = new File(["a"], "voice.webm", { type: "audio/webm" });
  expect(shownDraft(sending({ kind: "file", file, text: "", voice: true })).text).toBe("Voice message");
  expect(shownDraft(sending({ kind: "file", file, text: "" })).text).toBe("Audio: voice.webm");
});

test("a template's text is shown, and not sent", async () => {
  const template = { name: "visit", language: "en", parameters: ["8"] };
  const draft = sending({ kind: "template", template, text: "See you at 8" });
  expect(await bodyOf("a", draft)).toEqual({ to: draft.chat, kind: "template", template });
  expect(shownDraft(draft)).toMatchObject({ text: "See you at 8", sent: "queued", mine: true });
});

test("what was refused shows as failed", () => {
  const failed = { ...sending({ kind: "text", text: "Hi" }), error: "No" };
  expect(shownDraft(failed).sent).toBe("failed");
});
