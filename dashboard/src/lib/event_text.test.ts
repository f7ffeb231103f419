import { expect, test } from "vitest";
import { eventNames } from "@/live/names";
import { channelLabel, contentText, eventText } from "./event_text";

const chat = { kind: "person", peer: { phone: "15550100", push_name: "Ana" } };
const group = { kind: "group", group: { subject: "Friends" } };
const message = { content: { kind: "text", body: "Hello" }, status: "read", direction: "out" };

test("messages are told with who and what", () => {
  expect(eventText("message.accepted", { chat, message })).toBe("To Ana: Hello");
  expect(eventText("message.received", { chat, message })).toBe("Ana: Hello");
  expect(
    eventText("message.received", { chat: group, message: { ...message, sender: { phone: "15550101" } } }),
  ).toBe("+15550101 in Friends: Hello");
  expect(eventText("message.status", { chat, message })).toBe("Read, to Ana: Hello");
  const failed = { ...message, status: "failed", failure: { text: "not on WhatsApp" } };
  expect(eventText("message.status", { chat, message: failed })).toBe(
    "Failed (not on WhatsApp), to Ana: Hello",
  );
});

test("contents have their words, or their kind", () => {
  expect(contentText({ kind: "image", caption: "Cat" })).toBe("Image: Cat");
  expect(contentText({ kind: "image" })).toBe("Image");
  expect(contentText({ kind: "poll", question: "When?" })).toBe("Poll: When?");
  expect(contentText({ kind: "button_reply", title: "Yes" })).toBe("Yes");
  expect(contentText({ kind: "something_new" })).toBe("Something new");
});

test("a state has its reason", () => {
  const channel = { state: "logged_out", state_reason: "banned", label: "", phone: "", code: "PLY1" };
  expect(eventText("channel.state", { channel })).toBe(
    "Logged out. WhatsApp has banned the account. Look at the phone.",
  );
  expect(channelLabel({ channel })).toBe("PLY1");
});

test("no event breaks on a body that lacks everything but what is always there", () => {
  for (const name of eventNames) expect(eventText(name, { changed: [] })).not.toContain("undefined");
  expect(eventText("new.event", {})).toBe("");
});
