// Messages on their way from this page to the server: shown at once, replaced by the server's own when it
// has them, kept with the reason when it refuses.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, asApiError } from "@/api/client";
import { channelIn, type Message } from "@/api/inbox";
import type { ShownMessage } from "@/lib/shown_message";
import { tellFailure } from "@/state/toasts";
import { bodyOf, type Draft, type Sending, shownDraft } from "./drafts";
import type { Messages } from "./use_messages";

interface SendingHook {
  sendings: readonly Sending[];
  send: (draft: Draft, quoted?: ShownMessage) => Promise<void>;
  sendChecked: (draft: Draft, quoted?: ShownMessage) => Promise<void>; // throws what a form shows
  again: (key: string) => Promise<void>;
  discard: (key: string) => void;
}

// Unguessable is not needed, unique is; crypto.randomUUID is there over https and on localhost only.
function newKey(): string {
  return `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
}

export function useSending(account: string, channel: string, chat: string, messages: Messages): SendingHook {
  const [sendings, setSendings] = useState<readonly Sending[]>([]);
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );
  const post = async (sending: Sending) => {
    const body = await bodyOf(account, sending);
    const headers = { "Idempotency-Key": sending.key };
    const path = `${channelIn(account, channel)}/messages`;
    const { message } = await messages.hold(api.post<{ message: Message }>(path, body, { headers }));
    messages.put(message);
  };
  const drop = (key: string) => setSendings((old) => old.filter((one) => one.key !== key));
  const run = async (sending: Sending) => {
    try {
      await post(sending);
      drop(sending.key);
    } catch (failure) {
      // Nobody sees the bubble any more.
      if (gone.current)
        return tellFailure(`"${shownDraft(sending).text.slice(0, 60)}" was not sent`, failure);
      const { message, faults } = asApiError(failure);
      const error = [message, ...faults.map((fault) => `${fault.path}: ${fault.text}`)].join(" ");
      setSendings((old) => old.map((one) => (one.key === sending.key ? { ...one, error } : one)));
    }
  };
  const made = (draft: Draft, quoted?: ShownMessage): Sending => ({
    key: newKey(),
    chat,
    draft,
    quoted,
    at: Date.now(),
  });
  return {
    sendings,
    send: async (draft, quoted) => {
      const sending = made(draft, quoted);
      setSendings((old) => [...old, sending]);
      await run(sending);
    },
    sendChecked: (draft, quoted) => post(made(draft, quoted)),
    again: async (key) => {
      const { error: _, ...sending } = sendings.find((one) => one.key === key) ?? {};
      if (!("key" in sending)) return;
      setSendings((old) => old.map((one) => (one.key === key ? sending : one)));
      await run(sending);
    },
    discard: drop,
  };
}
