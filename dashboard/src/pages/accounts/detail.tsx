import { useGet } from "@/api/query";
import type { Account } from "@/api/types";
import { everyTenSeconds } from "@/lib/clock";
import { count } from "@/lib/names";
import { type PageProps, to, toRoute } from "@/router";
import { Badge } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { Copyable } from "@/ui/copy";
import { Card, Facts, PageHead } from "@/ui/layout";
import { ErrorNote, Note } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago, At } from "@/ui/time";
import { EditAccount } from "./edit";
import { accountPath, standing } from "./paths";

export default function AccountPage({ params: { account: id = "" } }: PageProps) {
  const got = useGet<Account>(accountPath(id));
  const account = got.data;
  const crumb = { text: "Accounts", href: to("/accounts") };
  if (!account)
    return (
      <>
        <PageHead title="Account" crumb={crumb} />
        {got.error ? (
          <ErrorNote error={got.error} what="the account" again={got.reload} />
        ) : (
          <Skeleton rows={8} />
        )}
      </>
    );
  const { text, tone } = standing(account, everyTenSeconds.value);
  return (
    <>
      <PageHead
        title={account.name}
        crumb={crumb}
        about={<Badge tone={tone}>{text}</Badge>}
        actions={
          <>
            <ButtonLink href={toRoute("/accounts/:account/channels", { account: id })} icon="channels">
              Its channels
            </ButtonLink>
            <ButtonLink href={toRoute("/accounts/:account/keys", { account: id })} icon="keys">
              Its keys
            </ButtonLink>
          </>
        }
      />
      <div class="stack">
        <Refusal account={account} now={everyTenSeconds.value} />
        <Card title="About">
          <Facts
            facts={[
              ["Account id", <Copyable key="id" text={account.account_id} label="Copy the account id" />],
              ["Made", <Ago key="made" at={account.created_at} />],
              ["Messages this month", used(account)],
            ]}
          />
        </Card>
        <EditAccount key={account.account_id} account={account} onChange={got.set} />
      </div>
    </>
  );
}

function Refusal({ account, now }: { account: Account; now: number }) {
  if (account.blocked)
    return (
      <Note tone="bad">
        Its calls are refused. {account.block_reason ? `Their answer says: ${account.block_reason}` : ""}
      </Note>
    );
  if (account.expires_at && new Date(account.expires_at).getTime() <= now)
    return (
      <Note tone="warn">
        Its calls are refused as unpaid since <At at={account.expires_at} />. Set a later time below, or take
        it away.
      </Note>
    );
  return null;
}

function used(account: Account): string | undefined {
  if (account.messages_this_month === undefined || !account.messages_per_month) return undefined;
  return `${count(account.messages_this_month)} of ${count(account.messages_per_month)}`;
}
