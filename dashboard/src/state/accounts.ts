// The accounts, and which one the account pages are about: that of the address, else the last one.
import { computed, signal } from "@preact/signals";
import { api, asApiError } from "@/api/client";
import type { Account } from "@/api/types";

const place = "parley.account";

export const accounts = signal<Account[] | undefined>(undefined);
export const accountsFailure = signal<ReturnType<typeof asApiError> | undefined>(undefined);
const chosen = signal<string | null>(localStorage.getItem(place));

export const currentAccount = computed<Account | undefined>(() => {
  const all = accounts.value ?? [];
  return all.find((account) => account.account_id === chosen.value) ?? all[0];
});

export function chooseAccount(id: string): void {
  if (chosen.value === id) return;
  chosen.value = id;
  localStorage.setItem(place, id);
}

const bound = 5000; // more accounts than that are found on their own page, not in the switcher

export async function loadAccounts(): Promise<void> {
  try {
    const all: Account[] = [];
    let after: string | undefined;
    do {
      const page = await api.get<{ accounts: Account[]; next?: string }>("/accounts", { after, limit: 500 });
      all.push(...page.accounts);
      after = page.next;
    } while (after && all.length < bound);
    accounts.value = all;
    accountsFailure.value = undefined;
  } catch (error) {
    accountsFailure.value = asApiError(error);
  }
}

export function accountName(id: string): string {
  return accounts.value?.find((account) => account.account_id === id)?.name ?? id.slice(0, 8);
}
