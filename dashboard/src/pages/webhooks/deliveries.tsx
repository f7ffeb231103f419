import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { usePages } from "@/api/pages";
import type { Delivery } from "@/api/types";
import { everyTenSeconds } from "@/lib/clock";
import { plural } from "@/lib/names";
import { duration } from "@/lib/time";
import { useEvery } from "@/lib/use_every";
import { useSearch } from "@/router";
import { tell, tellFailure } from "@/state/toasts";
import { Badge } from "@/ui/badge";
import { Button, IconButton } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Select } from "@/ui/form";
import { Card } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { VirtualList } from "@/ui/virtual";
import { DeliveryDialog } from "./delivery";
import { deliveriesPath, deliveryStates, keyOfDelivery, subscriptionPath } from "./paths";
import { ReplayRange } from "./replay";
import "./deliveries.css";

const choices = [
  { value: "", text: "All states" },
  ...Object.entries(deliveryStates).map(([value, { text }]) => ({ value, text })),
];

interface DeliveriesProps {
  account: string;
  subscription?: string; // of one alone, which can then be replayed by range
}

export function Deliveries({ account, subscription }: DeliveriesProps) {
  const [state, setState] = useSearch("state");
  const [open, setOpen] = useState<Delivery>();
  const [ranging, setRanging] = useState(false);
  const list = usePages<Delivery>(deliveriesPath(account), {
    field: "deliveries",
    keyOf: keyOfDelivery,
    cursor: "before",
    query: { subscription, state },
    limit: 100,
  });
  useEvery(3000, list.reload);

  const replay = async (one: Delivery) => {
    try {
      const path = `${subscriptionPath(account, one.subscription_id)}/replay`;
      const range = { from: one.position, to: one.position, also_done: true };
      const { replayed } = await api.post<{ replayed: number }>(path, range);
      tell(replayed > 0 ? "It is posted again." : "There is nothing left to post of this event.");
      list.reload();
    } catch (error) {
      tellFailure("Not posted again", error);
    }
  };

  return (
    <>
      <div class="toolbar">
        <Select aria-label="State" choices={choices} value={state} onChange={setState} />
        {state && <span class="muted">{deliveryStates[state]?.about}</span>}
        {subscription && (
          <Button icon="refresh" onClick={() => setRanging(true)} class="toolbar-end">
            Post a range again
          </Button>
        )}
      </div>
      {list.error && <ErrorNote error={list.error} what="the deliveries" again={list.reload} />}
      {!list.loaded && <Skeleton rows={6} />}
      {list.loaded && !list.error && list.items.length === 0 && (
        <Empty icon="send" title={state ? "No delivery is in this state" : "Nothing was posted yet"}>
          {state
            ? "Choose another state to see the others."
            : "As soon as something happens, its posts are listed here."}
        </Empty>
      )}
      {list.items.length > 0 && (
        <Card flush>
          <div class="deliveries">
            <VirtualList
              items={list.items}
              keyOf={keyOfDelivery}
              estimate={49}
              label="Deliveries, newest first"
              onEnd={list.loadMore}
            >
              {(one) => (
                <DeliveryRow one={one} onOpen={() => setOpen(one)} onReplay={() => void replay(one)} />
              )}
            </VirtualList>
          </div>
        </Card>
      )}
      {open && (
        <DeliveryDialog account={account} one={open} onClose={() => setOpen(undefined)} onReplay={replay} />
      )}
      {ranging && subscription && (
        <ReplayRange
          account={account}
          subscription={subscription}
          positions={list.items.map((one) => one.position)}
          onClose={() => setRanging(false)}
          onDone={list.reload}
        />
      )}
    </>
  );
}

interface RowProps {
  one: Delivery;
  onOpen: () => void;
  onReplay: () => void;
}

function DeliveryRow({ one, onOpen, onReplay }: RowProps) {
  const state = deliveryStates[one.state] ?? { text: one.state, tone: "plain" as const, about: "" };
  return (
    <div class="delivery">
      <span class="delivery-state">
        <Badge tone={state.tone}>{state.text}</Badge>
      </span>
      <button type="button" class="delivery-name" onClick={onOpen}>
        <code>{one.name}</code> <span class="muted small">of event {one.position}</span>
      </button>
      <span class="delivery-answer muted small">{answerOf(one)}</span>
      <span class="delivery-time muted small">
        {one.finished_at && <Ago at={one.finished_at} />}
        {!one.finished_at && one.next_at && <Due at={one.next_at} />}
      </span>
      <IconButton
        icon="refresh"
        label={`Post ${one.name} of event ${one.position} again`}
        class="delivery-again"
        onClick={onReplay}
      />
    </div>
  );
}

function Due({ at }: { at: string }) {
  if (Date.parse(at) <= everyTenSeconds.value) return <>due</>;
  return (
    <>
      again <Ago at={at} />
    </>
  );
}

function answerOf(one: Delivery): string {
  if (one.attempts === 0) return "not tried yet";
  const answer = one.last_status ? `answered ${one.last_status}` : one.last_error || "no answer";
  return `${answer} in ${duration(one.duration_ms)}, ${plural(one.attempts, "attempt")}`;
}
