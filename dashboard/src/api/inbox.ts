// Chats and messages of a channel, as far as the page uses them (docs/api/admin.md).
import type { Content } from "@/lib/shown_message";
import { api, at } from "./client";

export interface Peer {
  phone?: string;
  lid?: string;
  username?: string;
  name?: string;
  push_name?: string;
  verified_name?: string;
}

export interface Message {
  message_id: string;
  account_id: string;
  channel_id: string;
  chat: string;
  chat_kind: string;
  peer: Peer;
  direction: "in" | "out";
  origin: string;
  sender?: Peer | null; // who wrote it, in a group
  kind: string;
  text: string;
  content: Content;
  media?: {
    url: string;
    mime_type: string;
    size: number;
    file_name?: string | null;
    thumbnail?: string | null;
  } | null;
  quoted_id?: string | null;
  quoted?: { message_id: string; text: string; kind: string; from: string; me: boolean } | null;
  status: string;
  edited: boolean;
  deleted: boolean;
  failure?: { code?: string; text?: string } | null;
  at: string;
  accepted_at: string;
  history: { status: string; at: string }[];
  reactions: { emoji: string; from: string; me: boolean }[];
  poll_results?: { option: string; voters: { from: string; me: boolean }[] }[] | null;
  recipients?: number | null;
  receipts: {
    participant: Peer;
    delivered_at?: string | null;
    read_at?: string | null;
    played_at?: string | null;
  }[];
  transcription?: {
    status: "pending" | "done" | "failed";
    text?: string | null;
    language?: string | null;
    explanation?: string | null;
  } | null;
}

export interface Chat {
  chat: string; // for paths and `to`
  kind: "person" | "group" | "newsletter" | "status";
  name: string;
  phone?: string | null;
  last_message?: Message | null;
  last_at?: string | null;
  unread: number;
  muted: boolean;
  archived: boolean;
  window_until?: string | null; // until when anything but templates may be sent
}

export interface Template {
  name: string;
  language: string;
  status: string;
  components: { type: string; text?: string; format?: string }[];
}

export const channelIn = (account: string, channel: string) => at`/accounts/${account}/channels/${channel}`;

export async function upload(account: string, file: File): Promise<string> {
  const answer = await api.post<{ media_id: string }>(
    withNames(at`/accounts/${account}/uploads`, { file_name: file.name }),
    file,
    { headers: { "Content-Type": file.type || "application/octet-stream" } },
  );
  return answer.media_id;
}

function withNames(path: string, query: Record<string, string>): string {
  return `${path}?${new URLSearchParams(query)}`;
}
