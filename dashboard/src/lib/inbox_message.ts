// From the gateway's message to the bubble.
import type { Message, Peer } from "@/api/inbox";
import type { Sent, ShownMedia, ShownMessage } from "./shown_message";

export function peerName(peer: Peer): string {
  return (
    peer.name ||
    peer.push_name ||
    peer.verified_name ||
    peer.username ||
    (peer.phone ? `+${peer.phone.replace(/^\+/, "")}` : peer.lid || "Somebody")
  );
}

export function shownOf(message: Message): ShownMessage {
  const mine = message.direction === "out";
  const shown: ShownMessage = {
    id: message.message_id,
    mine,
    author: !mine && message.sender ? peerName(message.sender) : "",
    kind: message.kind,
    text: message.text,
    content: message.content,
    at: Date.parse(message.at),
    edited: message.edited,
    deleted: message.deleted,
    reactions: message.reactions.map(({ emoji, from, me }) => ({ emoji, from, mine: me })),
  };
  if (mine && !message.deleted) shown.sent = message.status as Sent;
  if (message.failure) shown.failure = failureText(message.failure);
  if (message.media) shown.media = mediaOf(message.media, message.content);
  if (message.quoted)
    shown.quoted = {
      id: message.quoted.message_id,
      author: message.quoted.me ? "You" : message.quoted.from,
      text: message.quoted.text,
      kind: message.quoted.kind,
    };
  if (message.poll_results)
    shown.poll = {
      multiple: message.content.multiple === true,
      options: message.poll_results.map(({ option, voters }) => ({
        text: option,
        voters: voters.map((voter) => (voter.me ? "You" : voter.from)),
        chosen: voters.some((voter) => voter.me),
      })),
    };
  if (message.transcription)
    shown.transcription = {
      status: message.transcription.status,
      text: message.transcription.text ?? message.transcription.explanation ?? "",
    };
  return shown;
}

function failureText(failure: { code?: string; text?: string }): string {
  return [failure.text, failure.code && `(${failure.code})`].filter(Boolean).join(" ");
}

function mediaOf(media: NonNullable<Message["media"]>, content: Message["content"]): ShownMedia {
  const facts = (content.media as { facts?: { width?: number; height?: number } } | undefined)?.facts;
  return {
    url: media.url,
    mime_type: media.mime_type,
    size: media.size,
    file_name: media.file_name || String(content.file_name ?? ""),
    voice: content.voice === true,
    ...(media.thumbnail && { thumbnail: media.thumbnail }),
    ...(facts?.width && facts.height && { width: facts.width, height: facts.height }),
  };
}

// Whether an event's chat is the one that a path names: "15550100@s.whatsapp.net", "120363@g.us".
export function isOfChat(
  told: { peer?: Peer; group?: { address?: string } | null } | undefined,
  chat: string,
): boolean {
  const user = chat.split("@")[0] ?? "";
  const { peer = {}, group } = told ?? {};
  const names = [peer.phone, peer.lid, peer.username, group?.address?.split("@")[0]];
  return user !== "" && names.includes(user);
}

// The newest page over what is there: known messages are replaced, new ones added. Oldest first.
export function mergeMessages(old: readonly Message[], page: readonly Message[]): Message[] {
  const byId = new Map(old.map((message) => [message.message_id, message]));
  for (const message of page) byId.set(message.message_id, message);
  return [...byId.values()].sort(
    (one, other) =>
      Date.parse(one.at) - Date.parse(other.at) ||
      Date.parse(one.accepted_at) - Date.parse(other.accepted_at) ||
      (one.message_id < other.message_id ? -1 : 1),
  );
}
