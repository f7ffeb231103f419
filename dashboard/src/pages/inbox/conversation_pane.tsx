import { useEffect, useMemo, useState } from "preact/hooks";
import type { Chat } from "@/api/inbox";
import type { Channel } from "@/api/types";
import { shownOf } from "@/lib/inbox_message";
import { useSearch } from "@/router";
import { tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { type About, Composer } from "@/ui/chat/composer";
import { Conversation } from "@/ui/chat/conversation";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { messageActions } from "./actions";
import { AttachDialogs, type AttachKind, attachItems } from "./attach_dialogs";
import { Details } from "./details";
import { shownDraft } from "./drafts";
import { Head } from "./head";
import { useMessages } from "./use_messages";
import { useSending } from "./use_sending";
import { useVoiceType } from "./use_voice_type";

interface PaneProps {
  channel: Channel;
  chat: string;
  known: Chat | undefined; // what the list says of it
  contact: string | undefined; // how they are called, when the list says nothing
  onRead: () => void;
}

export function ConversationPane({ channel, chat, known, contact, onRead }: PaneProps) {
  const { account_id: account, channel_id: id } = channel;
  const messages = useMessages(account, id, chat);
  const sending = useSending(account, id, chat, messages);
  const [about, setAbout] = useState<About>();
  const [dialog, setDialog] = useState<AttachKind>();
  const [details, setDetails] = useState("");
  const voiceType = useVoiceType();
  const [wanted] = useSearch("message");
  const [query] = useSearch("query");
  const actions = messageActions(channel, messages, { setAbout, setDetails });
  const jumpTo = useWanted(wanted, messages);
  const shown = useMemo(
    () => [...messages.messages.map(shownOf), ...sending.sendings.map(shownDraft)],
    [messages.messages, sending.sendings],
  );
  const name = known?.name ?? contact ?? nameIn(messages.messages.at(-1)?.chat_kind, chat);

  const quoted = about?.what === "reply" ? about.message : undefined;
  const text = (body: string) => {
    setAbout(undefined);
    if (about?.what === "edit") void actions.edit(about.message, body);
    else void sending.send({ kind: "text", text: body }, quoted);
  };
  const files = (all: File[], caption: string) => {
    setAbout(undefined);
    for (const [index, file] of all.entries())
      void sending.send({ kind: "file", file, text: index === 0 ? caption : "" }, quoted);
  };
  const voice = (file: File) => {
    setAbout(undefined);
    void sending.send({ kind: "file", file, text: "", voice: true }, quoted);
  };
  const isFirst = messages.loaded && shown.length === 0;

  return (
    <section class="inbox-conversation" aria-label={`Conversation with ${name}`}>
      <Head channel={channel} chat={chat} known={known} name={name} query={query} onRead={onRead} />
      <div class="inbox-messages">
        {!messages.loaded && <Skeleton rows={8} />}
        {messages.error && !(messages.error.notFound && isFirst) && (
          <ErrorNote error={messages.error} what="the messages" again={messages.reload} />
        )}
        {messages.loaded && (
          <Conversation
            messages={shown}
            actions={actions.bubble}
            onOlder={messages.next === undefined ? undefined : messages.loadOlder}
            jumpTo={jumpTo}
            empty={<p class="muted inbox-hello">Nothing was written in this chat yet.</p>}
            foot={(message) => {
              const failed = sending.sendings.find((one) => one.key === message.id && one.error);
              if (failed)
                return (
                  <div class="bubble-fault" role="alert">
                    <span>Not sent: {failed.error}</span>
                    <Button small onClick={() => void sending.again(failed.key)}>
                      Try again
                    </Button>
                    <Button small kind="quiet" onClick={() => sending.discard(failed.key)}>
                      Discard
                    </Button>
                  </div>
                );
              if (message.sent !== "failed") return null;
              return <p class="bubble-fault">{message.failure ?? "The network did not take it."}</p>;
            }}
          />
        )}
      </div>
      <Composer
        about={about}
        onAbout={setAbout}
        note={noteOf(channel, known, () => setDialog("template"))}
        attach={attachItems(channel, setDialog)}
        onText={text}
        onFiles={files}
        onVoice={voice}
        voiceType={voiceType}
      />
      {dialog && (
        <AttachDialogs
          channel={channel}
          kind={dialog}
          onSend={async (draft) => {
            await sending.sendChecked(draft, quoted);
            setAbout(undefined);
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {details && <Details account={account} message={details} onClose={() => setDetails("")} />}
    </section>
  );
}

function nameIn(kind: string | undefined, chat: string): string {
  const [user = chat, server] = chat.split("@");
  if (kind === "group" || server === "g.us") return "Group";
  return server === "s.whatsapp.net" ? `+${user}` : user;
}

// The message of the address, once it is loaded.
function useWanted(wanted: string, messages: ReturnType<typeof useMessages>): string | undefined {
  const [found, setFound] = useState<string>();
  useEffect(() => {
    if (!wanted || !messages.loaded) return;
    let gone = false;
    void messages.loadTo(wanted).then((isThere) => {
      if (gone) return;
      if (isThere) setFound(wanted);
      else tellFailure("Not shown", new Error("The message lies too far back."));
    });
    return () => {
      gone = true;
    };
  }, [wanted, messages.loaded]);
  return found;
}

function noteOf(channel: Channel, chat: Chat | undefined, onTemplate: () => void) {
  if (["pending", "pairing", "logged_out"].includes(channel.state) && channel.link !== "cloud")
    return "The channel has no phone. Pair it to write.";
  if (chat?.window_until && Date.parse(chat.window_until) < Date.now())
    return (
      <>
        They have not written for 24 hours: only a template may be sent.{" "}
        <Button small icon="templates" onClick={onTemplate}>
          Send a template
        </Button>
      </>
    );
  return undefined;
}
