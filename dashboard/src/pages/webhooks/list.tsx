import { useState } from "preact/hooks";
import { usePages } from "@/api/pages";
import { useGet } from "@/api/query";
import type { Channel, Subscription } from "@/api/types";
import { dialectNames, plural } from "@/lib/names";
import { useEvery } from "@/lib/use_every";
import { type PageProps, toRoute, useSearch } from "@/router";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Card, PageHead, Tabs } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { channelsPath } from "../channels/paths";
import { CreateWebhook } from "./create";
import { Deliveries } from "./deliveries";
import { healthOf, scopeOf, subscriptionsPath } from "./paths";

const tabs = [
  { value: "", text: "Subscriptions" },
  { value: "deliveries", text: "Deliveries" },
];

export default function Webhooks({ params: { account = "" } }: PageProps) {
  const [tab] = useSearch("tab");
  const [creating, setCreating] = useState(false);
  const here = toRoute("/accounts/:account/webhooks", { account });
  return (
    <>
      <PageHead
        title="Webhooks"
        about="Where this account's events are posted to, in the words of each dialect."
        actions={
          <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
            New webhook
          </Button>
        }
      />
      <Tabs label="Parts" tabs={tabs} value={tab} href={(value) => (value ? `${here}?tab=${value}` : here)} />
      {tab === "deliveries" ? <Deliveries account={account} /> : <Subscriptions account={account} />}
      {creating && <CreateWebhook account={account} onClose={() => setCreating(false)} />}
    </>
  );
}

function Subscriptions({ account }: { account: string }) {
  const list = usePages<Subscription>(subscriptionsPath(account), {
    field: "subscriptions",
    keyOf: (one) => one.subscription_id,
    limit: 200,
  });
  const channels = useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 });
  useEvery(5000, list.reload);
  if (list.error && list.items.length === 0)
    return <ErrorNote error={list.error} what="the webhooks" again={list.reload} />;
  if (!list.loaded) return <Skeleton rows={5} />;
  if (list.items.length === 0)
    return (
      <Empty icon="webhooks" title="No webhooks yet">
        A webhook is a URL of your program. What happens on the account's channels is posted there, at least
        once and in order per chat. Programs also make them by their dialect's own calls.
      </Empty>
    );
  return (
    <Card flush>
      <table class="table table-links">
        <thead>
          <tr>
            <th>URL</th>
            <th>Dialect</th>
            <th>Channel</th>
            <th>Events</th>
            <th>State</th>
            <th>Made</th>
          </tr>
        </thead>
        <tbody>
          {list.items.map((one) => (
            <SubscriptionRow key={one.subscription_id} one={one} channels={channels.data?.channels ?? []} />
          ))}
        </tbody>
      </table>
      {list.next !== undefined && (
        <div class="card-foot">
          <span class="muted">{list.items.length} shown</span>
          <Button small onClick={list.loadMore}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}

function SubscriptionRow({ one, channels }: { one: Subscription; channels: Channel[] }) {
  const health = healthOf(one);
  const href = toRoute("/accounts/:account/webhooks/:subscription", {
    account: one.account_id,
    subscription: one.subscription_id,
  });
  return (
    <tr>
      <td>
        <a class="row-link" href={href}>
          {one.url}
        </a>
      </td>
      <td data-label="Dialect">{dialectNames[one.dialect] ?? one.dialect}</td>
      <td data-label="Channel">{scopeOf(one, channels)}</td>
      <td data-label="Events">{one.events.length === 0 ? "all" : plural(one.events.length, "event")}</td>
      <td data-label="State">
        <span title={health.why}>
          <Badge tone={health.tone}>{health.text}</Badge>
        </span>
      </td>
      <td data-label="Made" class="muted">
        <Ago at={one.created_at} />
      </td>
    </tr>
  );
}
