import { useState } from "preact/hooks";
import { usePages } from "@/api/pages";
import type { Account } from "@/api/types";
import { everyTenSeconds } from "@/lib/clock";
import { count } from "@/lib/names";
import { toRoute, useSearch } from "@/router";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Card, PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { SearchField } from "@/ui/search";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { CreateAccount } from "./create";
import { standing } from "./paths";

export default function Accounts() {
  const list = usePages<Account>("/accounts", {
    field: "accounts",
    keyOf: (account) => account.account_id,
    limit: 200,
  });
  const [creating, setCreating] = useState(false);
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
      New account
    </Button>
  );
  const isEmpty = list.loaded && !list.error && list.items.length === 0;
  return (
    <>
      <PageHead
        title="Accounts"
        about="Each has channels, keys and webhooks of its own, which no other account sees."
        actions={isEmpty ? undefined : create}
      />
      {list.error && <ErrorNote error={list.error} what="the accounts" again={list.reload} />}
      {!list.loaded && <Skeleton rows={6} />}
      {isEmpty && (
        <Empty icon="accounts" title="No accounts yet" action={create}>
          An account is whom you run numbers for: yourself, a customer, a program. Make one, then give it
          channels and keys.
        </Empty>
      )}
      {list.items.length > 0 && (
        <AccountTable accounts={list.items} more={list.next !== undefined ? list.loadMore : undefined} />
      )}
      {creating && <CreateAccount onClose={() => setCreating(false)} />}
    </>
  );
}

function AccountTable({ accounts, more }: { accounts: Account[]; more: (() => void) | undefined }) {
  const [query, setQuery] = useSearch("query");
  const shown = accounts.filter((account) => fits(account, query));
  return (
    <>
      <search class="toolbar">
        <SearchField
          label="Search accounts"
          placeholder="Name, plan or id"
          value={query}
          onChange={setQuery}
        />
      </search>
      <Card flush>
        {shown.length === 0 ? (
          <Empty icon="search" title="No account fits">
            Of those that are loaded, none has these letters in its name, plan or id.
          </Empty>
        ) : (
          <table class="table table-links">
            <thead>
              <tr>
                <th>Account</th>
                <th>Calls are</th>
                <th>Plan</th>
                <th>Messages a month</th>
                <th>Made</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((account) => (
                <AccountRow key={account.account_id} account={account} />
              ))}
            </tbody>
          </table>
        )}
        {more && (
          <div class="card-foot">
            <span class="muted">{shown.length} shown</span>
            <Button small onClick={more}>
              Show more
            </Button>
          </div>
        )}
      </Card>
    </>
  );
}

function AccountRow({ account }: { account: Account }) {
  const { text, tone } = standing(account, everyTenSeconds.value);
  return (
    <tr>
      <td>
        <a class="row-link" href={toRoute("/accounts/:account", { account: account.account_id })}>
          {account.name}
        </a>
      </td>
      <td data-label="Calls are">
        <Badge tone={tone}>{text}</Badge>
      </td>
      <td data-label="Plan">{account.plan}</td>
      <td data-label="Messages a month">
        {account.messages_per_month ? count(account.messages_per_month) : "Unlimited"}
      </td>
      <td data-label="Made" class="muted">
        <Ago at={account.created_at} />
      </td>
    </tr>
  );
}

function fits(account: Account, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [account.name, account.plan, account.account_id].some((text) => text.toLowerCase().includes(wanted));
}
