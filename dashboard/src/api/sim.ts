// The simulated network, as the phones of the page use it (docs/simulated-network.md). Numbers carry their
// plus; times are Unix seconds.
import type { Content } from "@/lib/shown_message";
import { at, urlOf } from "./client";

export interface Person {
  number: string;
  name: string;
  platform: string;
  is_business: boolean;
  about?: string;
  online: boolean;
}

export interface PhoneMedia {
  mime_type: string;
  size: number;
  file_name: string;
  sha256: string;
  voice?: boolean;
  facts?: { width?: number; height?: number; duration_ms?: number };
}

export interface PhoneRow {
  seq: number;
  id: string;
  from?: string; // of the inbox
  to?: string; // of the outbox
  group?: string;
  broadcast?: string;
  kind: string;
  text: string;
  timestamp: number;
  media?: PhoneMedia;
  quoted?: string;
  content: Content;
  marks?: {
    edited?: string;
    deleted?: boolean;
    reactions?: { from: string; emoji: string }[];
    votes?: { from: string; options: string[] }[];
  };
  status?: string; // of the outbox: accepted, delivered, read, played or failed
}

export interface PhoneChat {
  chat: string;
  last: number;
  unread: number;
  archived: boolean;
  muted: boolean;
}

export interface PhoneCall {
  id: string;
  from: string;
  to: string;
  video: boolean;
  status: string;
  timestamp: number;
}

export interface PhoneDevice {
  id: string;
  profile: string;
  linked_at: number;
  connected: boolean;
  queued: number;
}

export interface PhoneGroup {
  id: string;
  address: string;
  subject: string;
  size: number;
  participants: { number: string }[];
}

export interface FaultRule {
  effect: string;
  match?: { from?: string; to?: string; kind?: string; device?: string };
  count?: number;
  ms?: number;
  code?: string;
  text?: string;
  carried?: boolean;
  min_ms?: number;
  max_ms?: number;
}

export interface Fault {
  id: number;
  rule: FaultRule;
}

export const personPath = (number: string) => at`/sim/people/${number}`;

// The network serves any bytes; a browser shows them as what they are when it is told so.
export function mediaUrl(media: PhoneMedia): string {
  const type = media.mime_type.split(";")[0]?.trim() ?? "";
  const isShown = /^(image|audio|video)\//.test(type) && type !== "image/svg+xml";
  return urlOf(at`/sim/media/${media.sha256}`, isShown ? { type } : {});
}
