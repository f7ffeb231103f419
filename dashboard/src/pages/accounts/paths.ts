import { at } from "@/api/client";
import type { Account } from "@/api/types";
import type { Tone } from "@/lib/names";

export const accountPath = (account: string) => at`/accounts/${account}`;

// Whether its calls are served, in a word.
export function standing(account: Account, now: number): { text: string; tone: Tone } {
  if (account.blocked) return { text: "Blocked", tone: "bad" };
  if (account.expires_at && new Date(account.expires_at).getTime() <= now)
    return { text: "Expired", tone: "warn" };
  if (account.on_trial) return { text: "On trial", tone: "info" };
  return { text: "Served", tone: "ok" };
}
