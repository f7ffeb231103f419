// What happens at the gateway, live: calls of programs, webhooks, and the events in between.
import { useMemo, useState } from "preact/hooks";
import type { Person } from "@/api/sim";
import type { LoggedEvent } from "@/api/types";
import { isAbout, type WireItem } from "@/lib/wire";
import { type Activity, useActivity } from "@/live/activity";
import { useEvents } from "@/live/use";
import { toRoute } from "@/router";
import { currentAccount } from "@/state/accounts";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { Segmented, Switch } from "@/ui/form";
import { Card } from "@/ui/layout";
import { VirtualList } from "@/ui/virtual";
import { WireRow } from "./wire_row";
import "./wire.css";

const kept = 500;

type Filter = "all" | "call" | "delivery" | "event";
const filters: { value: Filter; text: string }[] = [
  { value: "all", text: "All" },
  { value: "call", text: "Calls" },
  { value: "delivery", text: "Webhooks" },
  { value: "event", text: "Events" },
];

export function Wire({ person }: { person: Person }) {
  const [items, setItems] = useState<WireItem[]>([]);
  const [filter, setFilter] = useState<Filter>("all");
  const [onlyThis, setOnlyThis] = useState(true);
  const [paused, setPaused] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());

  const add = (more: WireItem[]) => {
    if (!paused && more.length > 0)
      setItems((old) => [...more.sort((a, b) => b.time - a.time), ...old].slice(0, kept));
  };
  const state = useActivity((batch) => add(batch.filter(isWorthIt).map(itemOf)));
  useEvents(undefined, (events) => add(events.map(eventItem)));

  const shown = useMemo(
    () =>
      items
        .filter((item) => filter === "all" || item.type === filter)
        .filter((item) => !onlyThis || isAbout(item, person.number))
        .sort((a, b) => b.time - a.time),
    [items, filter, onlyThis, person.number],
  );
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const account = currentAccount.value?.account_id;

  return (
    <Card
      flush
      title="At the gateway"
      about="What programs call, what is posted to webhooks, and the events in between."
      actions={
        <>
          {state === "away" && <Badge tone="warn">Calls and webhooks are not told now</Badge>}
          <IconButton
            icon={paused ? "play" : "pause"}
            label={paused ? "Go on" : "Pause"}
            onClick={() => setPaused(!paused)}
          />
          <IconButton icon="trash" label="Clear" onClick={() => setItems([])} />
        </>
      }
    >
      <div class="wire-tools">
        <Segmented label="What to show" choices={filters} value={filter} onChange={setFilter} />
        <Switch label="Only about this phone" checked={onlyThis} onChange={setOnlyThis} />
      </div>
      {shown.length === 0 ? (
        <div class="wire-empty muted">
          {paused ? <p>Paused: nothing new is taken in.</p> : <FirstSteps name={person.name} />}
          {filter === "delivery" && account && (
            <p>
              Webhooks show once a program has{" "}
              <a href={toRoute("/accounts/:account/webhooks", { account })}>subscribed</a>.
            </p>
          )}
        </div>
      ) : (
        <div class="wire">
          <VirtualList items={shown} keyOf={(item) => item.key} estimate={44} label="What happened">
            {(item) => <WireRow item={item} open={open.has(item.key)} onToggle={() => toggle(item.key)} />}
          </VirtualList>
        </div>
      )}
    </Card>
  );
}

function FirstSteps({ name }: { name: string }) {
  return (
    <ol class="first-steps">
      <li>Open a chat with a channel on {name}'s phone, and type something. Its event shows here.</li>
      <li>Have a key made above, and run the line. The message is on the phone, and its ticks turn blue.</li>
      <li>Switch a fault on, or the phone off, and see what becomes of the next one.</li>
    </ol>
  );
}

// What this page reads of the phone is no news.
function isWorthIt(activity: Activity): boolean {
  return activity.type !== "call" || activity.api !== "simulator" || activity.method !== "GET";
}

function itemOf(activity: Activity): WireItem {
  return { ...activity, time: Date.parse(activity.at) };
}

function eventItem(event: LoggedEvent): WireItem {
  return { ...event, type: "event", key: `event ${event.position}`, time: Date.parse(event.at) };
}
