import { describe, expect, test } from "vitest";
import type { PhoneRow } from "@/api/sim";
import { conversation, mergeRows, newestOf } from "./phone_message";

const names = { me: "+1", of: (number: string) => `Name of ${number}` };

function row(seq: number, more: Partial<PhoneRow>): PhoneRow {
  return {
    seq,
    id: `id${seq}`,
    kind: "text",
    text: "Hi",
    timestamp: 100,
    content: { kind: "text" },
    ...more,
  };
}

describe("a conversation", () => {
  test("is of both boxes, by time, and of one chat", () => {
    const shown = conversation(
      {
        inbox: [
          row(1, { from: "+2", timestamp: 10 }),
          row(2, { from: "+3" }),
          row(3, { from: "+2", group: "g@g.us" }),
        ],
        outbox: [row(1, { id: "out", to: "+2", timestamp: 11, status: "accepted" })],
      },
      "+2",
      names,
    );
    expect(shown.map((message) => [message.id, message.mine, message.sent])).toEqual([
      ["id1", false, undefined],
      ["out", true, "sent"],
    ]);
  });
  test("does not show what changes another message", () => {
    const inbox = [row(1, { from: "+2" }), row(2, { from: "+2", kind: "reaction" })];
    expect(conversation({ inbox, outbox: [] }, "+2", names)).toHaveLength(1);
  });
  test("shows marks, quotes and who wrote in a group", () => {
    const [first, second] = conversation(
      {
        inbox: [
          row(1, {
            from: "+2",
            group: "g@g.us",
            marks: { edited: "Ho", reactions: [{ from: "+1", emoji: "👍" }] },
          }),
          row(2, { from: "+3", group: "g@g.us", quoted: "id1" }),
        ],
        outbox: [],
      },
      "g@g.us",
      names,
    );
    expect(first).toMatchObject({ text: "Ho", edited: true, author: "Name of +2" });
    expect(first?.reactions).toEqual([{ emoji: "👍", from: "You", mine: true }]);
    expect(second?.quoted).toEqual({ id: "id1", author: "Name of +2", text: "Ho", kind: "text" });
  });
  test("says which are new", () => {
    const inbox = [1, 2, 3].map((seq) => row(seq, { from: "+2", timestamp: seq }));
    const shown = conversation({ inbox, outbox: [] }, "+2", names, 2);
    expect(shown.map((message) => message.isNew === true)).toEqual([false, true, true]);
  });
  test("counts a poll's votes, and knows one's own", () => {
    const inbox = [
      row(1, {
        from: "+2",
        kind: "poll",
        content: { options: ["Mon", "Tue"] },
        marks: {
          votes: [
            { from: "+1", options: ["Tue"] },
            { from: "+3", options: ["Tue"] },
          ],
        },
      }),
    ];
    expect(conversation({ inbox, outbox: [] }, "+2", names)[0]?.poll?.options).toEqual([
      { text: "Mon", voters: [], chosen: false },
      { text: "Tue", voters: ["You", "Name of +3"], chosen: true },
    ]);
  });
});

test("the newest row of each chat", () => {
  const newest = newestOf([
    row(1, { from: "+2", timestamp: 5 }),
    row(2, { to: "+2", timestamp: 6 }),
    row(3, { from: "+3" }),
  ]);
  expect([...newest].map(([chat, { seq }]) => [chat, seq])).toEqual([
    ["+2", 2],
    ["+3", 3],
  ]);
});

test("rows that were read again replace those that were there", () => {
  const merged = mergeRows([row(1, {}), row(2, {})], [row(2, { text: "Ho" }), row(3, {})], 2);
  expect(merged.map(({ seq, text }) => [seq, text])).toEqual([
    [2, "Ho"],
    [3, "Hi"],
  ]);
});
