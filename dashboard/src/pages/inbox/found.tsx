// Messages that have the words, newest first. One call looks at some thousands; the button goes on.
import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, asApiError } from "@/api/client";
import { channelIn, type Message } from "@/api/inbox";
import type { Channel } from "@/api/types";
import { everyTenSeconds } from "@/lib/clock";
import { peerName } from "@/lib/inbox_message";
import { lineOf } from "@/lib/shown_message";
import { briefTime } from "@/lib/time";
import { Button } from "@/ui/button";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { At } from "@/ui/time";
import { inboxHref } from "./paths";

interface Answer {
  messages: Message[];
  next?: number | null;
  searched_to?: string | null;
}

interface State extends Answer {
  loading: boolean;
  error?: ApiError;
}

const start: State = { messages: [], loading: true };

export function Found({ channel, query }: { channel: Channel; query: string }) {
  const [state, setState] = useState(start);
  const turn = useRef(0);
  const path = `${channelIn(channel.account_id, channel.channel_id)}/messages`;
  const read = async (old: Message[], before?: number) => {
    const mine = ++turn.current;
    setState((was) => ({ ...was, messages: old, loading: true }));
    try {
      const got = await api.get<Answer>(path, { query, before, limit: 50 });
      if (mine === turn.current) setState({ ...got, messages: [...old, ...got.messages], loading: false });
    } catch (error) {
      if (mine === turn.current) setState({ messages: old, loading: false, error: asApiError(error) });
    }
  };
  useEffect(() => {
    void read([]);
    return () => {
      turn.current++;
    };
  }, [path, query]);

  const { messages, loading, error, next, searched_to: searchedTo } = state;
  return (
    <>
      <h2 class="inbox-heading">Messages</h2>
      {error && <ErrorNote error={error} what="the messages" again={() => void read(messages)} />}
      {loading && messages.length === 0 && <Skeleton rows={3} />}
      {!loading && !error && messages.length === 0 && (
        <p class="muted inbox-nothing">None has these words{next ? " as far as was looked" : ""}.</p>
      )}
      <ul>
        {messages.map((message) => (
          <li key={message.message_id}>
            <FoundRow channel={channel.channel_id} message={message} query={query} />
          </li>
        ))}
      </ul>
      {next && (
        <div class="inbox-more">
          {searchedTo && (
            <span class="muted small">
              Looked back to <At at={searchedTo} />
            </span>
          )}
          <Button small busy={loading} onClick={() => void read(messages, next)}>
            Look further back
          </Button>
        </div>
      )}
    </>
  );
}

function FoundRow({ channel, message, query }: { channel: string; message: Message; query: string }) {
  const who = message.direction === "out" ? "You" : peerName(message.sender ?? message.peer);
  return (
    <a class="found" href={inboxHref(channel, message.chat, { query, message: message.message_id })}>
      <span class="found-head">
        <b class="truncate">{who}</b>
        <span class="chat-time">{briefTime(new Date(message.at), new Date(everyTenSeconds.value))}</span>
      </span>
      <span class="found-text">{lineOf(message)}</span>
    </a>
  );
}
