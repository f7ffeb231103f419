import { describe, expect, test } from "vitest";
import type { Message } from "@/api/inbox";
import { isOfChat, mergeMessages, shownOf } from "./inbox_message";

function message(more: Partial<Message> = {}): Message {
  return {
    message_id: "m1",
    account_id: "a",
    channel_id: "c",
    chat: "15550100@s.whatsapp.net",
    chat_kind: "person",
    peer: {},
    direction: "out",
    origin: "api",
    kind: "text",
    text: "Hi",
    content: { kind: "text", body: "Hi" },
    status: "read",
    edited: false,
    deleted: false,
    at: "2026-11-26T12:00:00.000Z",
    accepted_at: "2026-11-26T12:00:00.000Z",
    history: [],
    reactions: [],
    receipts: [],
    ...more,
  };
}

describe("a message of the gateway as a bubble", () => {
  test("one's own has a status, the other's has none", () => {
    expect(shownOf(message()).sent).toBe("read");
    expect(shownOf(message({ direction: "in", status: "received" })).sent).toBeUndefined();
  });
  test("why it failed", () => {
    const failed = message({ status: "failed", failure: { code: "470", text: "Unknown recipient" } });
    expect(shownOf(failed)).toMatchObject({ sent: "failed", failure: "Unknown recipient (470)" });
  });
  test("a poll's results know one's own vote", () => {
    const poll = message({
      kind: "poll",
      content: { kind: "poll", multiple: true },
      poll_results: [
        {
          option: "Mon",
          voters: [
            { from: "+1", me: true },
            { from: "Ana", me: false },
          ],
        },
      ],
    });
    expect(shownOf(poll).poll).toEqual({
      multiple: true,
      options: [{ text: "Mon", voters: ["You", "Ana"], chosen: true }],
    });
  });
});

describe("an event's chat", () => {
  test("is known by any of a person's addresses", () => {
    expect(isOfChat({ peer: { phone: "15550100", lid: "9" } }, "15550100@s.whatsapp.net")).toBe(true);
    expect(isOfChat({ peer: { phone: "15550100", lid: "9" } }, "9@lid")).toBe(true);
    expect(isOfChat({ peer: { phone: "15550101", lid: "" } }, "15550100@s.whatsapp.net")).toBe(false);
  });
  test("is known by a group's address", () => {
    expect(isOfChat({ group: { address: "12036@g.us" } }, "12036@g.us")).toBe(true);
    expect(isOfChat({ group: { address: "12036" } }, "12036@g.us")).toBe(true);
    expect(isOfChat(undefined, "12036@g.us")).toBe(false);
  });
});

test("a page that is read again replaces, adds, and stands in order", () => {
  const old = [message(), message({ message_id: "m2", at: "2026-11-26T12:01:00.000Z", status: "sent" })];
  const page = [
    message({ message_id: "m3", at: "2026-11-26T12:02:00.000Z" }),
    message({ message_id: "m2", at: "2026-11-26T12:01:00.000Z" }),
  ];
  expect(mergeMessages(old, page).map(({ message_id, status }) => `${message_id} ${status}`)).toEqual([
    "m1 read",
    "m2 read",
    "m3 read",
  ]);
});
