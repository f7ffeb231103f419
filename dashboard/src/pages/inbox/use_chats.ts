// The chats of a channel, kept in their order as things happen.
import { useEffect, useRef } from "preact/hooks";
import { type Chat, channelIn } from "@/api/inbox";
import { type Pages, usePages } from "@/api/pages";
import { useGet } from "@/api/query";
import type { Channel, Contact } from "@/api/types";
import { uniqueBy } from "@/lib/unique_by";
import { useEvents } from "@/live/use";

const rereadMs = 400;

const changing = [
  "message.accepted",
  "message.received",
  "message.status",
  "message.edited",
  "message.deleted",
  "chat.changed",
  "contact.changed",
  "group.changed",
  "person.merged",
] as const;

export interface Chats extends Pages<Chat> {
  current: Chat | undefined; // the one that is open, also when the list does not show it
  contact: string | undefined; // the name of whom it is with, when nothing was written in it yet
}

export function useChats(channel: Channel, query: string, open: string | undefined): Chats {
  const base = channelIn(channel.account_id, channel.channel_id);
  const path = `${base}/chats`;
  const list = usePages<Chat>(path, {
    field: "chats",
    keyOf: (chat) => chat.chat,
    query: { query },
    limit: 100,
  });
  const listed = list.items.find((chat) => chat.chat === open);
  const user = open?.endsWith("@s.whatsapp.net") ? open.split("@")[0] : undefined;
  const isAway = list.loaded && !listed && user !== undefined;
  const single = useGet<{ chats: Chat[] }>(isAway ? path : null, { query: user, limit: 20 });
  const isNew = isAway && single.data?.chats.some((chat) => chat.chat === open) === false;
  const contacts = useGet<{ contacts: Contact[] }>(isNew ? `${base}/contacts` : null, {
    query: user,
    limit: 20,
  });
  const known = useRef(new Map<string, Chat>());
  for (const chat of [...(single.data?.chats ?? []), ...list.items]) known.current.set(chat.chat, chat);

  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(() => {});
  latest.current = () => {
    if (list.loading) return soon(); // who reloads often would never let an answer arrive
    list.reload();
    if (isAway) void single.reload();
  };
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, rereadMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvents(
    changing,
    (events) => {
      if (events.some((event) => event.channel_id === channel.channel_id)) soon();
    },
    soon,
  );
  return {
    ...list,
    items: uniqueBy(list.items, (chat) => chat.chat),
    current: open === undefined ? undefined : (listed ?? known.current.get(open)),
    contact: contacts.data?.contacts.find((contact) => contact.chat === open)?.name,
  };
}
