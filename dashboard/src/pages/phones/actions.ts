// What one does on the phone within a chat.
import { api } from "@/api/client";
import { personPath } from "@/api/sim";
import { isVoice, type ShownMessage } from "@/lib/shown_message";
import { tell, tellFailure } from "@/state/toasts";
import type { BubbleActions } from "@/ui/chat/bubble";
import type { About } from "@/ui/chat/composer";
import { confirm } from "@/ui/confirm";
import { copyText } from "@/ui/copy";
import type { MenuItem } from "@/ui/menu";
import { toBase64 } from "./paths";
import type { World } from "./phone";

interface Reply {
  about: About | undefined;
  setAbout: (about: About | undefined) => void;
}

export function phoneActions({ person, phone }: World, chat: string, { about, setAbout }: Reply) {
  const path = personPath(person.number);
  const act = async (what: string, doing: string, body: object) => {
    let isDone = true;
    try {
      await api.post(`${path}/${doing}`, body);
    } catch (error) {
      isDone = false;
      tellFailure(what, error);
    }
    phone.reread();
    return isDone;
  };
  const quoted = () => (about?.what === "reply" ? { quoted: about.message.id } : {});

  const send = async (draft: object) => {
    await api.post(`${path}/send`, { to: chat, ...draft, ...quoted() });
    setAbout(undefined);
    phone.reread();
  };
  const text = async (body: string) => {
    if (about?.what === "edit") {
      await act("Not changed", "edit", { message: about.message.id, text: body });
      return setAbout(undefined);
    }
    try {
      await send({ text: body });
    } catch (error) {
      tellFailure("Not sent", error);
    }
  };
  const files = async (all: File[], caption: string) => {
    for (const [index, file] of all.entries()) {
      try {
        await send(await draftOf(file, index === 0 ? caption : ""));
      } catch (error) {
        tellFailure(`${file.name} was not sent`, error);
      }
    }
  };
  const remove = async (message: ShownMessage) => {
    const yes = await confirm({
      title: "Delete for everybody?",
      text: "The others see that a message was deleted, and no longer what it said.",
      action: "Delete",
    });
    if (yes) await act("Not deleted", "delete", { message: message.id });
  };

  const bubble: BubbleActions = {
    menu: (message) => menuOf(message, { setAbout, remove }),
    react: (message, emoji) => void act("No reaction", "react", { message: message.id, emoji }),
    choose: (message, id) => void act("Not chosen", "choose", { message: message.id, id }),
    vote: (message, options) => act("Not voted", "vote", { message: message.id, options }),
    play: (message) => {
      if (!message.mine && message.media?.voice)
        void act("Not played", "read", { id: message.id, played: true });
    },
  };
  return {
    bubble,
    send,
    text,
    files,
    read: () => act("Not read", `chats/${encodeURIComponent(chat)}`, { action: "read" }),
    call: (video: boolean) => act("No call", "calls", { to: chat, video }),
    // A hint to others: nothing is said when it cannot be given.
    typing: (typing: boolean) =>
      void api
        .post(`${path}/presence`, { presence: typing ? "composing" : "paused", to: chat })
        .catch(() => undefined),
  };
}

const typedKinds = ["image", "video", "audio"];

async function draftOf(file: File, text: string): Promise<object> {
  const [type = ""] = file.type.split("/");
  const kind = typedKinds.includes(type) ? type : "document";
  return {
    kind,
    ...(text && kind !== "audio" && { text }),
    ...(isVoice(file) && { voice: true }),
    media: {
      data: await toBase64(file),
      mime_type: file.type || "application/octet-stream",
      file_name: file.name,
    },
  };
}

const editMs = 15 * 60_000; // as on WhatsApp

function menuOf(
  message: ShownMessage,
  on: { setAbout: (about: About) => void; remove: (message: ShownMessage) => Promise<void> },
): MenuItem[] {
  if (message.deleted) return [];
  const items: MenuItem[] = [
    { text: "Answer", icon: "reply", run: () => on.setAbout({ what: "reply", message }) },
  ];
  if (message.text)
    items.push({
      text: "Copy the text",
      icon: "copy",
      run: () =>
        void copyText(message.text).then(
          () => tell("Copied."),
          (error) => tellFailure("Nothing was copied", error),
        ),
    });
  if (!message.mine) return items;
  const isText = ["text", "image", "video", "document"].includes(message.kind);
  if (isText && Date.now() - message.at < editMs)
    items.push({ text: "Change", icon: "edit", run: () => on.setAbout({ what: "edit", message }) });
  items.push({
    text: "Delete for everybody",
    icon: "trash",
    danger: true,
    run: () => void on.remove(message),
  });
  return items;
}
