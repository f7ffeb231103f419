// What is to be sent from the inbox: how it is asked for, and how it is shown before the server has it.
import { upload } from "@/api/inbox";
import { isVoice, kindName, type ShownMessage } from "@/lib/shown_message";
import type { ContactDraft, Place, PollDraft } from "@/ui/chat/attach";

export type Draft =
  | { kind: "text"; text: string }
  | { kind: "file"; file: File; text: string; voice?: boolean }
  | { kind: "location"; location: Place }
  | { kind: "contact"; contact: ContactDraft }
  | { kind: "poll"; poll: PollDraft }
  | { kind: "template"; template: { name: string; language: string; parameters: string[] }; text: string };

export interface Sending {
  key: string; // the Idempotency-Key: trying again sends nothing twice
  chat: string;
  draft: Draft;
  quoted: ShownMessage | undefined;
  at: number;
  error?: string;
}

const fileKinds = ["image", "video", "audio"];

export function fileKind(file: { type: string }): string {
  if (file.type === "image/webp") return "sticker";
  const [kind = ""] = file.type.split("/");
  return fileKinds.includes(kind) ? kind : "document";
}

// The body of the call; a file is uploaded before.
export async function bodyOf(account: string, { chat, draft, quoted }: Sending): Promise<object> {
  const rest = { to: chat, ...(quoted && { quoted_id: quoted.id }) };
  if (draft.kind === "template") return { ...rest, kind: draft.kind, template: draft.template };
  if (draft.kind !== "file") return { ...rest, ...draft };
  const kind = fileKind(draft.file);
  const takesText = kind !== "audio" && kind !== "sticker";
  return {
    ...rest,
    kind,
    media_id: await upload(account, draft.file),
    file_name: draft.file.name,
    ...((draft.voice || isVoice(draft.file)) && { voice: true }),
    ...(draft.text && takesText && { text: draft.text }),
  };
}

export function shownDraft({ key, draft, quoted, at, error }: Sending): ShownMessage {
  const kind = draft.kind === "file" ? fileKind(draft.file) : draft.kind;
  return {
    id: key,
    mine: true,
    author: "",
    kind: draft.kind === "file" ? "text" : kind === "contact" ? "contacts" : kind,
    text: draftText(draft),
    content: draft.kind === "location" ? { ...draft.location } : {},
    at,
    sent: error === undefined ? "queued" : "failed",
    edited: false,
    deleted: false,
    reactions: [],
    ...(quoted && {
      quoted: {
        id: quoted.id,
        author: quoted.mine ? "You" : quoted.author || "Them",
        text: quoted.text,
        kind: quoted.kind,
      },
    }),
    ...(draft.kind === "poll" && {
      poll: {
        multiple: draft.poll.multiple,
        options: draft.poll.options.map((text) => ({ text, voters: [], chosen: false })),
      },
    }),
  };
}

function draftText(draft: Draft): string {
  switch (draft.kind) {
    case "text":
    case "template":
      return draft.text;
    case "file":
      if (draft.voice) return "Voice message";
      return [`${kindName(fileKind(draft.file))}: ${draft.file.name}`, draft.text].filter(Boolean).join("\n");
    case "location":
      return draft.location.name ?? "";
    case "contact":
      return draft.contact.name;
    case "poll":
      return draft.poll.question;
  }
}
