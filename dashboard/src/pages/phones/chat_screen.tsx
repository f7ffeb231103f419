// A conversation on the phone.
import { useEffect, useMemo, useState } from "preact/hooks";
import { at } from "@/api/client";
import { useGet } from "@/api/query";
import { plural } from "@/lib/names";
import { conversation } from "@/lib/phone_message";
import { useEvery } from "@/lib/use_every";
import { Button, IconButton } from "@/ui/button";
import { ContactDialog, PlaceDialog, PollDialog } from "@/ui/chat/attach";
import { Avatar } from "@/ui/chat/avatar";
import { type About, Composer } from "@/ui/chat/composer";
import { Conversation } from "@/ui/chat/conversation";
import { Menu } from "@/ui/menu";
import { phoneActions } from "./actions";
import { chatMenu } from "./chat_menu";
import type { World } from "./phone";

interface ChatScreenProps {
  chat: string;
  world: World;
  reads: boolean; // what is shown counts as read
  onBack: () => void;
}

export function ChatScreen({ chat, world, reads, onBack }: ChatScreenProps) {
  const { person, phone, nameOf, isIn } = world;
  const [about, setAbout] = useState<About>();
  const [dialog, setDialog] = useState<"place" | "contact" | "poll">();
  const isPerson = !chat.includes("@");
  const isKnown = world.people.some((one) => one.number === chat);
  const unread = phone.chats.find((one) => one.chat === chat)?.unread ?? 0;
  const messages = useMemo(
    () => conversation(phone, chat, { me: person.number, of: nameOf }, unread),
    [phone.inbox, phone.outbox, chat, unread],
  );
  const actions = phoneActions(world, chat, { about, setAbout });
  const name = nameOf(chat);
  const group = phone.groups.find((one) => one.address === chat);
  const menu = chatMenu(world, chat, onBack);
  const hasLeft = chat.endsWith("@g.us") && !isIn(group);

  useEffect(() => {
    if (reads && unread > 0 && person.online && !document.hidden) void actions.read();
  }, [reads, unread, person.online]);

  return (
    <div class="screen">
      <header class="screen-head">
        <IconButton icon="back" label="Back to the chats" onClick={onBack} />
        <Avatar name={name} icon={isPerson ? undefined : "groups"} small />
        <div class="screen-title">
          <h2 class="truncate">{name}</h2>
          {isKnown ? (
            <Presence me={person.number} other={chat} />
          ) : (
            <span class="muted small">
              {isPerson ? "Nobody has this number" : plural(group?.size ?? 0, "person", "people")}
            </span>
          )}
        </div>
        {isKnown && (
          <>
            <IconButton icon="call" label={`Call ${name}`} onClick={() => void actions.call(false)} />
            <IconButton icon="video" label={`Video call ${name}`} onClick={() => void actions.call(true)} />
          </>
        )}
        {menu.length > 0 && <Menu label="More to do with this chat" items={menu} />}
      </header>
      <div class="screen-body">
        <Conversation
          messages={messages}
          actions={actions.bubble}
          empty={<p class="muted hello">Say hello: what you type here goes to {name}.</p>}
        />
      </div>
      {unread > 0 && !reads && (
        <div class="unread-bar">
          <span>{unread} not read yet</span>
          <Button small onClick={() => void actions.read()}>
            Mark as read
          </Button>
        </div>
      )}
      <Composer
        about={about}
        onAbout={setAbout}
        note={noteOf(person.online, hasLeft)}
        attach={[
          { text: "Location", icon: "place", run: () => setDialog("place") },
          { text: "Contact", icon: "contacts", run: () => setDialog("contact") },
          { text: "Poll", icon: "poll", run: () => setDialog("poll") },
        ]}
        onText={(text) => void actions.text(text)}
        onFiles={(files, text) => void actions.files(files, text)}
        onTyping={(typing) => isPerson === isKnown && actions.typing(typing)}
      />
      {dialog === "place" && (
        <PlaceDialog
          onSend={(location) => actions.send({ kind: "location", location })}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === "contact" && (
        <ContactDialog
          onSend={({ name, phone }) =>
            actions.send({ kind: "contacts", contacts: [{ formatted_name: name, phones: [{ phone }] }] })
          }
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === "poll" && (
        <PollDialog
          onSend={(poll) => actions.send({ kind: "poll", poll })}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}

function noteOf(online: boolean, hasLeft: boolean): string | undefined {
  if (!online) return "The phone is in airplane mode.";
  return hasLeft ? "You are not in this group any more." : undefined;
}

interface PresenceAnswer {
  available: boolean;
  last_seen?: number;
  typing: { to: string; kind: string }[];
}

const presenceMs = 2500;

function Presence({ me, other }: { me: string; other: string }) {
  const got = useGet<PresenceAnswer>(at`/sim/people/${other}/presence`, { viewer: me });
  useEvery(presenceMs, () => void got.reload());
  const typing = got.data?.typing.find((one) => one.to === me);
  const text = typing
    ? typing.kind === "recording"
      ? "recording..."
      : "typing..."
    : got.data?.available
      ? "online"
      : other;
  return (
    <span class={typing ? "typing small" : "muted small"} aria-live="polite">
      {text}
    </span>
  );
}
