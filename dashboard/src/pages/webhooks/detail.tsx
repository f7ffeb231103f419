import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { takeAway, useGet } from "@/api/query";
import type { Channel, Subscription, TestResult } from "@/api/types";
import { dialectNames } from "@/lib/names";
import { useEvery } from "@/lib/use_every";
import { useReread } from "@/live/use";
import { go, type PageProps, toRoute } from "@/router";
import { tell, tellFailure } from "@/state/toasts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Copyable } from "@/ui/copy";
import { Card, Facts, PageHead } from "@/ui/layout";
import { Menu } from "@/ui/menu";
import { ErrorNote, Note } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago, At } from "@/ui/time";
import { channelsPath } from "../channels/paths";
import { Deliveries } from "./deliveries";
import { healthOf, scopeOf, subscriptionPath } from "./paths";
import { NewSecret } from "./secret";
import { TestDialog } from "./test";

export default function Webhook({ params: { account = "", subscription: id = "" } }: PageProps) {
  const path = subscriptionPath(account, id);
  const got = useGet<Subscription>(path);
  const channels = useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 });
  useReread(["subscription.disabled"], path);
  useEvery(5000, got.reload);
  const one = got.data;
  const crumb = { text: "Webhooks", href: toRoute("/accounts/:account/webhooks", { account }) };
  if (!one)
    return (
      <>
        <PageHead title="Webhook" crumb={crumb} />
        {got.error ? (
          <ErrorNote error={got.error} what="the webhook" again={got.reload} />
        ) : (
          <Skeleton rows={6} />
        )}
      </>
    );
  const health = healthOf(one);
  return (
    <>
      <PageHead
        title={hostOf(one.url)}
        crumb={crumb}
        about={<Badge tone={health.tone}>{health.text}</Badge>}
        actions={<Actions one={one} onChange={got.set} />}
      />
      <div class="stack">
        {health.why && (
          <Note tone={health.tone}>
            {health.why}
            {one.failing_since && (
              <span>
                It fails since <At at={one.failing_since} />.
              </span>
            )}
          </Note>
        )}
        <Card title="About">
          <Facts
            facts={[
              ["URL", <Copyable key="url" text={one.url} label="Copy the URL" />],
              ["Dialect", dialectNames[one.dialect] ?? one.dialect],
              ["Channel", scopeOf(one, channels.data?.channels ?? [])],
              ["Events", one.events.length === 0 ? "all" : one.events.join(", ")],
              ["Made", <Ago key="made" at={one.created_at} />],
              ["Id", <Copyable key="id" text={one.subscription_id} label="Copy the id" />],
            ]}
          />
        </Card>
        <section aria-label="Deliveries">
          <Deliveries account={account} subscription={id} />
        </section>
      </div>
    </>
  );
}

function hostOf(url: string): string {
  return URL.parse?.(url)?.host ?? url;
}

function Actions({ one, onChange }: { one: Subscription; onChange: (one: Subscription) => void }) {
  const [testing, setTesting] = useState(false);
  const [result, setResult] = useState<TestResult>();
  const [renewing, setRenewing] = useState(false);
  const path = subscriptionPath(one.account_id, one.subscription_id);

  const test = async () => {
    setTesting(true);
    try {
      setResult(await api.post<TestResult>(`${path}/test`));
    } catch (error) {
      tellFailure("No test event was posted", error);
    } finally {
      setTesting(false);
    }
  };
  const enable = async () => {
    try {
      onChange(await api.post<Subscription>(`${path}/enable`));
      tell("It is on again and goes on from its place in the log.");
    } catch (error) {
      tellFailure("Not switched on", error);
    }
  };
  const remove = async () => {
    const yes = await confirm({
      title: "Delete this webhook?",
      text: `Nothing is posted to ${one.url} any more, and what waits for it is dropped.`,
      action: "Delete",
    });
    if (!yes) return;
    try {
      await takeAway(path, () => api.delete(path));
      tell("The webhook was deleted.");
      go(toRoute("/accounts/:account/webhooks", { account: one.account_id }));
    } catch (error) {
      tellFailure("Not deleted", error);
    }
  };

  return (
    <>
      {one.state !== "active" && (
        <Button kind="primary" icon="connect" onClick={enable}>
          Switch on
        </Button>
      )}
      <Button icon="send" busy={testing} onClick={test}>
        Post a test event
      </Button>
      <Menu
        label="More to do with this webhook"
        items={[
          { text: "New signing secret", icon: "keys", run: () => setRenewing(true) },
          { text: "Delete the webhook", icon: "trash", danger: true, run: () => void remove() },
        ]}
      />
      {result && <TestDialog result={result} onClose={() => setResult(undefined)} />}
      {renewing && <NewSecret path={path} onClose={() => setRenewing(false)} />}
    </>
  );
}
