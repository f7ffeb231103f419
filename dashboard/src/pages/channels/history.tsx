import { usePages } from "@/api/pages";
import type { Channel, StateChange } from "@/api/types";
import { reasonText } from "@/lib/names";
import { useEvents } from "@/live/use";
import { StateBadge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { At } from "@/ui/time";
import { channelPath } from "./paths";
import "./history.css";

// The states that the channel went through, newest first.
export function History({ channel }: { channel: Channel }) {
  const path = `${channelPath(channel.account_id, channel.channel_id)}/history`;
  const list = usePages<StateChange>(path, {
    field: "history",
    keyOf: (change) => `${change.at} ${change.state}`,
    cursor: "before",
    limit: 25,
  });
  useEvents(["channel.state"], (events) => {
    if (events.some((event) => event.channel_id === channel.channel_id)) list.reload();
  });
  return (
    <Card title="History" about="As far back as the event log is kept.">
      {list.error && <ErrorNote error={list.error} what="the history of states" again={list.reload} />}
      {!list.loaded && <Skeleton />}
      {list.loaded && !list.error && list.items.length === 0 && (
        <p class="muted">Nothing has happened within the time that events are kept.</p>
      )}
      <ol class="history">
        {list.items.map((change, index) => (
          <li key={`${change.at} ${index}`}>
            <span class="muted small">
              <At at={change.at} />
            </span>
            <StateBadge state={change.state} />
            <span class="muted">{reasonText(change.reason)}</span>
          </li>
        ))}
      </ol>
      {list.next !== undefined && (
        <Button small onClick={list.loadMore} busy={list.loading}>
          Show older
        </Button>
      )}
    </Card>
  );
}
