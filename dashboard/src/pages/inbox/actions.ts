// What is done with messages that are there.
import { api, asApiError, at } from "@/api/client";
import { channelIn, type Message } from "@/api/inbox";
import type { Channel } from "@/api/types";
import type { ShownMessage } from "@/lib/shown_message";
import { tell, tellFailure } from "@/state/toasts";
import type { BubbleActions } from "@/ui/chat/bubble";
import type { About } from "@/ui/chat/composer";
import { confirm } from "@/ui/confirm";
import { copyText } from "@/ui/copy";
import type { MenuItem } from "@/ui/menu";
import type { Messages } from "./use_messages";

interface On {
  setAbout: (about: About) => void;
  setDetails: (id: string) => void;
}

export function messageActions(channel: Channel, messages: Messages, on: On) {
  const pathOf = (message: ShownMessage) =>
    channelIn(channel.account_id, channel.channel_id) + at`/messages/${message.id}`;
  const change = async (failure: string, work: () => Promise<{ message: Message }>) => {
    try {
      messages.put((await messages.hold(work())).message);
      return true;
    } catch (error) {
      tellFailure(failure, error);
      return false;
    }
  };
  const edit = (message: ShownMessage, text: string) =>
    change("Not changed", () => api.patch(pathOf(message), { text }));
  const remove = async (message: ShownMessage) => {
    const yes = await confirm({
      title: "Delete for everybody?",
      text: "The others see that a message was deleted, and no longer what it said.",
      action: "Delete",
    });
    if (yes) await change("Not deleted", () => api.delete(pathOf(message)));
  };
  const bubble: BubbleActions = {
    menu: (message) => (isThere(messages, message) ? menuOf(message, channel, { ...on, remove }) : []),
    react: (message, emoji) =>
      void change("No reaction", () => api.post(`${pathOf(message)}/reaction`, { emoji })),
    // The Cloud API has no polls.
    ...(channel.link !== "cloud" && {
      vote: (message: ShownMessage, options: string[]) =>
        change("Not voted", () => api.post(`${pathOf(message)}/vote`, { options })),
    }),
  };
  return { bubble, edit };
}

function isThere(messages: Messages, { id }: ShownMessage): boolean {
  return messages.messages.some((message) => message.message_id === id);
}

const done: readonly (string | undefined)[] = ["sent", "delivered", "read", "played"];
const withText = ["text", "image", "video", "document"];

interface Doing extends On {
  remove: (message: ShownMessage) => Promise<void>;
}

function menuOf(message: ShownMessage, channel: Channel, on: Doing): MenuItem[] {
  const details: MenuItem = { text: "Details", icon: "info", run: () => on.setDetails(message.id) };
  if (message.deleted) return [details];
  const items: MenuItem[] = [
    { text: "Answer", icon: "reply", run: () => on.setAbout({ what: "reply", message }) },
  ];
  if (message.text) items.push({ text: "Copy the text", icon: "copy", run: () => void copy(message.text) });
  items.push(details);
  const canChange = message.mine && done.includes(message.sent) && isPhone(channel);
  if (canChange && withText.includes(message.kind))
    items.push({ text: "Change", icon: "edit", run: () => on.setAbout({ what: "edit", message }) });
  if (canChange)
    items.push({
      text: "Delete for everybody",
      icon: "trash",
      danger: true,
      run: () => void on.remove(message),
    });
  return items;
}

// Numbers of the official API can neither change nor delete what they sent.
function isPhone(channel: Channel): boolean {
  return channel.link !== "cloud" && channel.link_profile !== "business";
}

async function copy(text: string): Promise<void> {
  try {
    await copyText(text);
    tell("Copied.");
  } catch (error) {
    tellFailure("Nothing was copied", asApiError(error));
  }
}
