import { expect, test } from "vitest";
import { ApiError } from "@/api/client";
import { byName, notDone, peopleIn } from "./group_people";

test("people stand one a line or between commas", () => {
  expect(peopleIn(" +1555 0100\n\n+15550101, +15550102;\r\n")).toEqual([
    "+1555 0100",
    "+15550101",
    "+15550102",
  ]);
  expect(peopleIn(" \n ")).toEqual([]);
});

test("only those are named with whom it was not done, and why", () => {
  const outcomes = [
    { chat: "15550100@s.whatsapp.net", status: 200 },
    { chat: "15550101@s.whatsapp.net", status: 403 },
    { chat: "77@lid", status: 404 },
    { chat: "15550102@s.whatsapp.net", status: 500 },
  ];
  expect(notDone(outcomes)).toEqual([
    "+15550101 does not allow it",
    "77 is not on WhatsApp",
    "+15550102 was refused (500)",
  ]);
  expect(notDone(outcomes, "remove")).toEqual([
    "+15550101 made the group, and stays",
    "77 is not in it any more",
    "+15550102 was refused (500)",
  ]);
});

test("faults of places in a list become those of the field, and others stay", () => {
  const error = new ApiError(422, "invalid_fields", "Look", [
    { path: "subject", text: "Required" },
    { path: "participants[1]", text: "No number" },
  ]);
  expect(byName(error, ["+15550100", "bob"])).toMatchObject({
    status: 422,
    faults: [
      { path: "subject", text: "Required" },
      { path: "participants", text: "bob: No number" },
    ],
  });
  const other = new ApiError(409, "channel_not_connected", "Not connected");
  expect(byName(other, [])).toBe(other);
});
