import { useState } from "preact/hooks";
import type { PhoneRow } from "@/api/sim";
import { everyTenSeconds } from "@/lib/clock";
import { plural } from "@/lib/names";
import { newestOf } from "@/lib/phone_message";
import { lineOf, type Sent } from "@/lib/shown_message";
import { briefTime } from "@/lib/time";
import { IconButton } from "@/ui/button";
import { Avatar } from "@/ui/chat/avatar";
import { Ticks } from "@/ui/chat/ticks";
import { NewChat } from "./new_chat";
import type { World } from "./phone";
import "@/ui/chat/chat_row.css";

interface ChatListProps {
  world: World;
  onChat: (chat: string) => void;
  onDevices: () => void;
}

export function ChatList({ world, onChat, onDevices }: ChatListProps) {
  const { phone, nameOf, isIn, channels, person } = world;
  const [choosing, setChoosing] = useState(false);
  const newest = newestOf([...phone.inbox, ...phone.outbox]);
  const groups = phone.groups.filter(
    (group) => isIn(group) && !phone.chats.some(({ chat }) => chat === group.address),
  );
  const strangers = channels.filter(
    (channel) =>
      channel.state === "connected" &&
      channel.phone &&
      channel.phone !== person.number &&
      !phone.chats.some(({ chat }) => chat === channel.phone),
  );
  return (
    <div class="screen">
      <header class="screen-head">
        <h2>Chats</h2>
        <IconButton icon="qr" label="Linked devices" onClick={onDevices} />
        <IconButton icon="plus" label="New chat" onClick={() => setChoosing(true)} />
      </header>
      <div class="screen-body">
        <ul class="chats" aria-label="Chats on the phone">
          {phone.chats.map(({ chat, last, unread, muted }) => (
            <li key={chat}>
              <button type="button" class="chat" onClick={() => onChat(chat)}>
                <Avatar name={nameOf(chat)} icon={chat.endsWith("@g.us") ? "groups" : undefined} />
                <span class="chat-name">
                  {nameOf(chat)}
                  {muted && <span class="muted small"> muted</span>}
                </span>
                <span class="chat-time">
                  {briefTime(new Date(last * 1000), new Date(everyTenSeconds.value))}
                </span>
                <LastLine row={newest.get(chat)} />
                {unread > 0 && (
                  <span class="chat-unread">
                    {unread}
                    <span class="visually-hidden"> unread</span>
                  </span>
                )}
              </button>
            </li>
          ))}
          {groups.map((group) => (
            <li key={group.address}>
              <button type="button" class="chat" onClick={() => onChat(group.address)}>
                <Avatar name={group.subject} icon="groups" />
                <span class="chat-name">{group.subject}</span>
                <span class="chat-last muted">{plural(group.size, "person", "people")}, no messages yet</span>
              </button>
            </li>
          ))}
        </ul>
        {strangers.length > 0 && (
          <section class="strangers">
            <h3>Write to a channel of this gateway</h3>
            <ul class="chats">
              {strangers.slice(0, 8).map((channel) => (
                <li key={channel.channel_id}>
                  <button type="button" class="chat" onClick={() => onChat(channel.phone ?? "")}>
                    <Avatar name={nameOf(channel.phone ?? "")} />
                    <span class="chat-name">{channel.label || nameOf(channel.phone ?? "")}</span>
                    <span class="chat-last muted">{channel.phone}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {choosing && <NewChat world={world} onChat={onChat} onClose={() => setChoosing(false)} />}
    </div>
  );
}

function LastLine({ row }: { row: PhoneRow | undefined }) {
  if (!row) return <span class="chat-last" />;
  const sent: Sent | undefined =
    row.to === undefined ? undefined : row.status === "accepted" ? "sent" : (row.status as Sent);
  const line = lineOf({
    kind: row.kind,
    text: row.marks?.edited ?? row.text,
    deleted: row.marks?.deleted === true,
  });
  return (
    <span class="chat-last">
      {sent && <Ticks sent={sent} />}
      <span class="truncate">{line}</span>
    </span>
  );
}
