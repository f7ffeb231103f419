import { useState } from "preact/hooks";
import { usePages } from "@/api/pages";
import type { Channel } from "@/api/types";
import { channelStates, linkNames, reasonText } from "@/lib/names";
import { useReread } from "@/live/use";
import { type PageProps, toRoute, useSearch } from "@/router";
import { StateBadge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Select } from "@/ui/form";
import { Card, PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { SearchField } from "@/ui/search";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { CreateChannel } from "./create";
import { channelsPath, nameOf } from "./paths";

export default function Channels({ params: { account = "" } }: PageProps) {
  const list = usePages<Channel>(channelsPath(account), {
    field: "channels",
    keyOf: (channel) => channel.channel_id,
    limit: 200,
  });
  const [creating, setCreating] = useState(false);
  useReread(["channel.state"], channelsPath(account));

  return (
    <>
      <PageHead
        title="Channels"
        about="WhatsApp numbers that are connected to this gateway."
        actions={
          <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
            New channel
          </Button>
        }
      />
      {list.error && <ErrorNote error={list.error} what="the channels" again={list.reload} />}
      {!list.loaded && <Skeleton rows={6} />}
      {list.loaded && !list.error && list.items.length === 0 && (
        <Empty
          icon="channels"
          title="No channels yet"
          action={
            <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
              New channel
            </Button>
          }
        >
          A channel is one WhatsApp number. Make one, then pair it with a phone by QR code or give it the
          credentials of Meta's Cloud API.
        </Empty>
      )}
      {list.items.length > 0 && (
        <ChannelTable channels={list.items} more={list.next !== undefined ? list.loadMore : undefined} />
      )}
      {creating && <CreateChannel account={account} onClose={() => setCreating(false)} />}
    </>
  );
}

const stateChoices = [
  { value: "", text: "All states" },
  ...Object.entries(channelStates)
    .filter(([state]) => state !== "deleted")
    .map(([value, { text }]) => ({ value, text })),
];

function ChannelTable({ channels, more }: { channels: Channel[]; more: (() => void) | undefined }) {
  const [query, setQuery] = useSearch("query");
  const [state, setState] = useSearch("state");
  const shown = channels.filter((channel) => (!state || channel.state === state) && fits(channel, query));
  return (
    <>
      <search class="toolbar">
        <SearchField
          label="Search channels"
          placeholder="Name, number or code"
          value={query}
          onChange={setQuery}
        />
        <Select aria-label="State" choices={stateChoices} value={state} onChange={setState} />
      </search>
      <Card flush>
        {shown.length === 0 ? (
          <Empty icon="search" title="No channel fits">
            Of those that are loaded, none has this state and these letters.
          </Empty>
        ) : (
          <table class="table table-links">
            <thead>
              <tr>
                <th>Channel</th>
                <th>State</th>
                <th>Connected by</th>
                <th>Code</th>
                <th>Changed</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((channel) => (
                <ChannelRow key={channel.channel_id} channel={channel} />
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

function ChannelRow({ channel }: { channel: Channel }) {
  const href = toRoute("/accounts/:account/channels/:channel", {
    account: channel.account_id,
    channel: channel.channel_id,
  });
  return (
    <tr>
      <td>
        <a class="row-link" href={href}>
          {nameOf(channel)}
        </a>
        {channel.phone && channel.label && <div class="muted small">{channel.phone}</div>}
      </td>
      <td data-label="State">
        <StateBadge state={channel.state} />
        {channel.state !== "connected" && channel.state_reason && (
          <div class="muted small">{reasonText(channel.state_reason)}</div>
        )}
      </td>
      <td data-label="Connected by">{linkNames[channel.link] ?? channel.link}</td>
      <td data-label="Code">
        <code>{channel.code}</code>
      </td>
      <td data-label="Changed" class="muted">
        <Ago at={channel.updated_at} />
      </td>
    </tr>
  );
}

function fits(channel: Channel, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return [channel.label, channel.phone ?? "", channel.code, channel.channel_id].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
