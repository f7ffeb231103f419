// The list of chats, the one in which was written last first; with words in the search field also the
// messages that have them.
import type { Chat } from "@/api/inbox";
import type { Channel } from "@/api/types";
import { everyTenSeconds } from "@/lib/clock";
import { lineOf, type Sent } from "@/lib/shown_message";
import { briefTime } from "@/lib/time";
import { useSearch } from "@/router";
import { Avatar } from "@/ui/chat/avatar";
import { Ticks } from "@/ui/chat/ticks";
import { Empty } from "@/ui/empty";
import { ErrorNote } from "@/ui/note";
import { SearchField } from "@/ui/search";
import { Skeleton } from "@/ui/skeleton";
import { VirtualList } from "@/ui/virtual";
import { Found } from "./found";
import { inboxHref } from "./paths";
import type { Chats as ChatList } from "./use_chats";
import "@/ui/chat/chat_row.css";

interface ChatsProps {
  channel: Channel;
  list: ChatList;
  current: string | undefined;
  settled: string; // what is searched for
}

export function Chats({ channel, list, current, settled }: ChatsProps) {
  const [query, setQuery] = useSearch("query");
  const chats = list.items;

  return (
    <section class="inbox-chats" aria-label="Chats">
      <search class="inbox-search">
        <SearchField
          label="Search chats and messages"
          placeholder="Search names, numbers and messages"
          value={query}
          onChange={setQuery}
        />
      </search>
      {list.error && <ErrorNote error={list.error} what="the chats" again={list.reload} />}
      {!list.loaded && <Skeleton rows={8} />}
      {list.loaded && !list.error && chats.length === 0 && !settled && (
        <Empty icon="message" title="No chats yet">
          A chat is here as soon as somebody writes, or is written to.
        </Empty>
      )}
      <div class={settled ? "inbox-results" : "inbox-list"}>
        {settled && <h2 class="inbox-heading">Chats</h2>}
        {settled && list.loaded && chats.length === 0 && (
          <p class="muted inbox-nothing">None has this name.</p>
        )}
        {chats.length > 0 &&
          (settled ? (
            <ul>
              {chats.slice(0, 20).map((chat) => (
                <li key={chat.chat}>
                  <ChatRow channel={channel.channel_id} chat={chat} current={current} query={query} />
                </li>
              ))}
            </ul>
          ) : (
            <VirtualList
              items={chats}
              keyOf={(chat) => chat.chat}
              estimate={62}
              label="List of chats"
              onEnd={list.next !== undefined ? list.loadMore : undefined}
            >
              {(chat) => <ChatRow channel={channel.channel_id} chat={chat} current={current} query="" />}
            </VirtualList>
          ))}
        {settled && <Found channel={channel} query={settled} />}
      </div>
    </section>
  );
}

interface RowProps {
  channel: string;
  chat: Chat;
  current: string | undefined;
  query: string;
}

function ChatRow({ channel, chat, current, query }: RowProps) {
  const last = chat.last_message;
  const time = chat.last_at ?? last?.at;
  return (
    <a
      class="chat"
      href={inboxHref(channel, chat.chat, { query })}
      aria-current={chat.chat === current ? "true" : undefined}
    >
      <Avatar name={chat.name} icon={chat.kind === "group" ? "groups" : undefined} />
      <span class="chat-name">
        {chat.name}
        {chat.muted && <span class="muted small"> muted</span>}
        {chat.archived && <span class="muted small"> archived</span>}
      </span>
      <span class="chat-time">{time && briefTime(new Date(time), new Date(everyTenSeconds.value))}</span>
      <span class="chat-last">
        {last?.direction === "out" && !last.deleted && <Ticks sent={last.status as Sent} />}
        <span class="truncate">{last ? lineOf(last) : ""}</span>
      </span>
      {chat.unread > 0 && (
        <span class="chat-unread">
          {chat.unread}
          <span class="visually-hidden"> unread</span>
        </span>
      )}
    </a>
  );
}
