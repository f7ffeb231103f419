// People of a group, as they are written into one field, and what became of each.
import { ApiError } from "@/api/client";

export type ParticipantAction = "add" | "remove" | "promote" | "demote";

export interface Outcome {
  chat: string;
  status: number; // the network's
}

// One a line, or between commas.
export function peopleIn(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter(Boolean);
}

// Why somebody was not added.
const refusals: Record<number, string> = {
  403: "does not allow it",
  404: "is not on WhatsApp",
  409: "is in it already",
  419: "finds it full",
};
// Of what is done with those who are in it.
const refusedWithin: Record<number, string> = {
  403: "made the group, and stays",
  404: "is not in it any more",
};

// A sentence's part for each with whom it was not done.
export function notDone(outcomes: readonly Outcome[], action: ParticipantAction = "add"): string[] {
  const reasons = action === "add" ? refusals : refusedWithin;
  return outcomes
    .filter(({ status }) => status !== 200)
    .map(({ chat, status }) => `${nameOf(chat)} ${reasons[status] ?? `was refused (${status})`}`);
}

function nameOf(chat: string): string {
  const [user = chat, server] = chat.split("@");
  return server === "s.whatsapp.net" ? `+${user}` : user;
}

// The server names people by their place in the list; here they stand in one field.
export function byName(error: unknown, people: readonly string[]): unknown {
  if (!(error instanceof ApiError)) return error;
  const place = /^participants\[(\d+)\]/;
  const faulty = error.faults.filter(({ path }) => place.test(path));
  if (faulty.length === 0) return error;
  const others = error.faults.filter(({ path }) => !place.test(path));
  const texts = faulty.map(({ path, text }) => `${people[Number(place.exec(path)?.[1])] ?? path}: ${text}`);
  const fault = { path: "participants", text: texts.join("; ") };
  return new ApiError(error.status, error.code, error.message, [...others, fault]);
}
