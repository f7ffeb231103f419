// Above the conversation: with whom, whether it is read, and where else one may look.
import { useEffect, useState } from "preact/hooks";
import { api, at } from "@/api/client";
import { type Chat, channelIn } from "@/api/inbox";
import type { Channel } from "@/api/types";
import { go } from "@/router";
import { node } from "@/state/node";
import { tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { Avatar } from "@/ui/chat/avatar";
import { Icon } from "@/ui/icons";
import { Menu, type MenuItem } from "@/ui/menu";
import { phoneHref } from "../phones/paths";
import { inboxHref } from "./paths";

interface HeadProps {
  channel: Channel;
  chat: string;
  known: Chat | undefined;
  name: string;
  query: string;
  onRead: () => void;
}

const readPlace = "parley.inbox.read";

export function Head({ channel, chat, known, name, query, onRead }: HeadProps) {
  const [reads, setReads] = useState(localStorage.getItem(readPlace) !== "no");
  const path = `${channelIn(channel.account_id, channel.channel_id)}${at`/chats/${chat}/read`}`;
  const reading = useReading(path, known?.unread ?? 0, reads, onRead);
  const phone = known?.phone ?? (chat.endsWith("@s.whatsapp.net") ? `+${chat.split("@")[0]}` : undefined);
  const items: MenuItem[] = [
    {
      text: "Read when it is open",
      checked: reads,
      run: () => {
        localStorage.setItem(readPlace, reads ? "no" : "yes");
        setReads(!reads);
      },
    },
  ];
  if (node.value?.simulated_network && channel.link !== "cloud" && phone)
    items.push({
      text: "Hold their phone",
      icon: "phones",
      run: () => go(phoneHref(phone, { chat: channel.phone ?? "" })),
    });
  return (
    <header class="inbox-head">
      <a
        class="icon-button inbox-back"
        href={inboxHref(channel.channel_id, undefined, { query })}
        aria-label="Back to the chats"
      >
        <Icon name="back" />
      </a>
      <Avatar name={name} icon={known?.kind === "group" ? "groups" : undefined} small />
      <div class="inbox-name">
        <h2 class="truncate">{name}</h2>
        {phone && phone !== name && <span class="muted small">{phone}</span>}
      </div>
      {reading.isLeft && (
        <Button small icon="ticks" busy={reading.busy} onClick={reading.read}>
          Mark as read
        </Button>
      )}
      <Menu label="More to do with this chat" items={items} />
    </header>
  );
}

// Reads what is shown, once for each that comes. When that fails, or is not wanted, it is left to a button.
function useReading(path: string, unread: number, reads: boolean, onRead: () => void) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const post = async () => {
    await api.post(path);
    onRead();
  };
  useEffect(() => {
    if (!reads || unread === 0) return setFailed(false);
    const look = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", look);
      post().then(
        () => setFailed(false),
        () => setFailed(true),
      );
    };
    document.addEventListener("visibilitychange", look);
    look();
    return () => document.removeEventListener("visibilitychange", look);
  }, [unread, reads]);
  const read = async () => {
    setBusy(true);
    try {
      await post();
    } catch (error) {
      tellFailure("Not marked as read", error);
    }
    setBusy(false);
  };
  return { busy, read, isLeft: unread > 0 && (!reads || failed) };
}
