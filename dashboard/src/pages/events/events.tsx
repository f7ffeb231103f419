import { useRef, useState } from "preact/hooks";
import { useGet } from "@/api/query";
import type { Channel, LoggedEvent } from "@/api/types";
import { channelLabel, eventText } from "@/lib/event_text";
import { plural } from "@/lib/names";
import { clockTime } from "@/lib/time";
import { eventNames } from "@/live/names";
import { useSearch } from "@/router";
import { accounts } from "@/state/accounts";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Select } from "@/ui/form";
import { Card, PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { VirtualList } from "@/ui/virtual";
import { channelsPath, nameOf } from "../channels/paths";
import { EventDialog } from "./event";
import { type EventLog, type Filter, useEventLog } from "./log";
import "./events.css";

const groups = [...new Set(eventNames.map((name) => name.split(".")[0] ?? name))];
const nameChoices = [
  { value: "", text: "All events" },
  ...groups.flatMap((group) => {
    const members = eventNames.filter((name) => name === group || name.startsWith(`${group}.`));
    return members.length > 1
      ? [
          { value: members.join(), text: `${group}.*` },
          ...members.map((name) => ({ value: name, text: name })),
        ]
      : members.map((name) => ({ value: name, text: name }));
  }),
];

export default function Events() {
  const [names, setNames] = useSearch("name");
  const [account, setAccount] = useSearch("account");
  const [channel, setChannel] = useSearch("channel");
  const [open, setOpen] = useSearch("event");
  const [paused, setPaused] = useState(false);
  const [reading, setReading] = useState(false); // scrolled away from the newest: nothing may move
  const filter: Filter = { names: names ? names.split(",") : [], account, channel };
  const log = useEventLog(filter, paused || reading);
  const position = Number(open);

  return (
    <>
      <PageHead
        title="Events"
        about="Everything that happens, in order. Webhooks follow from this log."
        actions={
          <Button icon={paused ? "play" : "pause"} onClick={() => setPaused(!paused)} aria-pressed={paused}>
            {paused ? "Go on" : "Pause"}
          </Button>
        }
      />
      <search class="toolbar">
        <Select aria-label="Event" choices={nameChoices} value={names} onChange={setNames} />
        <AccountFilter account={account} onChange={setAccount} />
        {account && <ChannelFilter account={account} channel={channel} onChange={setChannel} />}
      </search>
      <Log
        log={log}
        filtered={Boolean(names || account || channel)}
        onReading={setReading}
        onResume={() => setPaused(false)}
        onOpen={(event) => setOpen(String(event.position))}
      />
      {position > 0 && (
        <EventDialog
          position={position}
          events={log.events}
          onMove={(other) => setOpen(String(other))}
          onClose={() => setOpen("")}
        />
      )}
    </>
  );
}

function AccountFilter({ account, onChange }: { account: string; onChange: (account: string) => void }) {
  const choices = (accounts.value ?? []).map((one) => ({ value: one.account_id, text: one.name }));
  return (
    <Select
      aria-label="Account"
      choices={[{ value: "", text: "All accounts" }, ...choices]}
      value={account}
      onChange={onChange}
    />
  );
}

interface ChannelFilterProps {
  account: string;
  channel: string;
  onChange: (channel: string) => void;
}

function ChannelFilter({ account, channel, onChange }: ChannelFilterProps) {
  const got = useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 });
  const choices = (got.data?.channels ?? []).map((one) => ({ value: one.channel_id, text: nameOf(one) }));
  return (
    <Select
      aria-label="Channel"
      choices={[{ value: "", text: "All channels" }, ...choices]}
      value={channel}
      onChange={onChange}
    />
  );
}

interface LogProps {
  log: EventLog;
  filtered: boolean;
  onReading: (reading: boolean) => void;
  onResume: () => void;
  onOpen: (event: LoggedEvent) => void;
}

function Log({ log, filtered, onReading, onResume, onOpen }: LogProps) {
  const scroller = useRef<HTMLElement>(null);
  if (log.error && log.events.length === 0)
    return <ErrorNote error={log.error} what="the event log" again={log.reload} />;
  if (!log.loaded) return <Skeleton rows={8} />;
  if (log.events.length === 0)
    return filtered ? (
      <Empty icon="search" title="No such event">
        Nothing in the log fits. What comes from now on is shown here at once.
      </Empty>
    ) : (
      <Empty icon="events" title="Nothing has happened yet">
        Connect a channel or send a message, and watch here what follows from it.
      </Empty>
    );
  return (
    <Card flush>
      <div class="events">
        <VirtualList
          items={log.events}
          keyOf={(event) => event.position}
          estimate={40}
          label="Events, newest first"
          onEnd={log.loadOlder}
          scroller={scroller}
          onScroll={({ scrollTop }) => onReading(scrollTop > 0)}
        >
          {(event) => <EventRow event={event} onOpen={onOpen} />}
        </VirtualList>
        {log.waiting > 0 && (
          <Button
            small
            kind="primary"
            class="events-new"
            onClick={() => {
              onResume();
              scroller.current?.scrollTo({ top: 0 });
            }}
          >
            Show {plural(log.waiting, "new event")}
          </Button>
        )}
      </div>
      <div class="card-foot muted small">
        {plural(log.events.length, "event")} shown{log.atEnd && ", back to the oldest that is kept"}
      </div>
    </Card>
  );
}

function EventRow({ event, onOpen }: { event: LoggedEvent; onOpen: (event: LoggedEvent) => void }) {
  return (
    <button type="button" class="event" onClick={() => onOpen(event)}>
      <span class="event-position muted">{event.position}</span>
      <time dateTime={event.at} class="event-time muted">
        {clockTime(new Date(event.at))}
      </time>
      <code class={`event-name event-name-${event.name.split(".")[0]}`}>{event.name}</code>
      <span class="event-channel muted truncate">{channelLabel(event.body)}</span>
      <span class="event-text truncate">{eventText(event.name, event.body)}</span>
    </button>
  );
}
