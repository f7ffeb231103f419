// The inbox of a channel: its chats on the left, a conversation on the right; on a phone one of the two.
import { useEffect, useState } from "preact/hooks";
import { useGet } from "@/api/query";
import type { Channel } from "@/api/types";
import { stateOf } from "@/lib/names";
import { useReread } from "@/live/use";
import { go, type PageProps, toRoute, useSearch } from "@/router";
import { currentAccount } from "@/state/accounts";
import { Button, ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Select } from "@/ui/form";
import { PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { nameOf } from "../channels/paths";
import { Chats } from "./chats";
import { ConversationPane } from "./conversation_pane";
import { NewChat } from "./new_chat";
import { inboxHref } from "./paths";
import { useChats } from "./use_chats";
import "./inbox.css";

const place = "parley.inbox.channel";

export default function Inbox({ params: { channel: id, chat } }: PageProps) {
  const got = useGet<{ channels: Channel[] }>("/channels", { limit: 500 });
  useReread(["channel.state"], "/channels");
  const [creating, setCreating] = useState(false);
  const all = (got.data?.channels ?? []).filter(
    (channel) => !["deleting", "deleted"].includes(channel.state),
  );
  const channel = id === undefined ? usual(all) : all.find((one) => one.channel_id === id);
  useEffect(() => {
    if (channel) localStorage.setItem(place, channel.channel_id);
  }, [channel?.channel_id]);
  const account = currentAccount.value?.account_id;

  return (
    <div class={`inbox-page ${chat ? "inbox-chat-open" : ""}`}>
      <PageHead
        title="Inbox"
        actions={
          channel && (
            <>
              <Select
                aria-label="Channel"
                choices={all.map((one) => ({ value: one.channel_id, text: choiceText(one) }))}
                value={channel.channel_id}
                onChange={(value) => go(inboxHref(value))}
              />
              <Button icon="plus" onClick={() => setCreating(true)}>
                New chat
              </Button>
            </>
          )
        }
      />
      {got.error && <ErrorNote error={got.error} what="the channels" again={got.reload} />}
      {!got.data && !got.error && <Skeleton rows={8} />}
      {got.data && !channel && (
        <Empty
          icon="inbox"
          title={id === undefined ? "No channels yet" : "There is no such channel"}
          action={
            account && (
              <ButtonLink href={toRoute("/accounts/:account/channels", { account })} icon="channels">
                To the channels
              </ButtonLink>
            )
          }
        >
          The inbox shows what is written on a channel, and sends from it.
        </Empty>
      )}
      {channel && <ChannelInbox key={channel.channel_id} channel={channel} chat={chat} />}
      {creating && channel && <NewChat channel={channel} onClose={() => setCreating(false)} />}
    </div>
  );
}

const typedMs = 250;

// What was typed, once one pauses.
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const wait = setTimeout(() => setSettled(text), text ? typedMs : 0);
    return () => clearTimeout(wait);
  }, [text]);
  return settled;
}

function ChannelInbox({ channel, chat }: { channel: Channel; chat: string | undefined }) {
  const [query] = useSearch("query");
  const settled = useSettled(query.trim());
  const list = useChats(channel, settled, chat);
  return (
    <div class="inbox">
      <Chats channel={channel} list={list} current={chat} settled={settled} />
      {chat ? (
        <ConversationPane
          key={chat}
          channel={channel}
          chat={chat}
          known={list.current}
          contact={list.contact}
          onRead={list.reload}
        />
      ) : (
        <div class="inbox-none">
          <Empty icon="message" title="No chat is open">
            Choose one on the left, or begin a new one.
          </Empty>
        </div>
      )}
    </div>
  );
}

function usual(channels: readonly Channel[]): Channel | undefined {
  const last = localStorage.getItem(place);
  return (
    channels.find((channel) => channel.channel_id === last) ??
    channels.find((channel) => channel.state === "connected") ??
    channels[0]
  );
}

function choiceText(channel: Channel): string {
  const name = nameOf(channel);
  const number = channel.phone && channel.phone !== name ? `, ${channel.phone}` : "";
  const state = channel.state === "connected" ? "" : ` (${stateOf(channel.state).text.toLowerCase()})`;
  return `${name}${number}${state}`;
}
