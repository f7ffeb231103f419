import { at } from "@/api/client";
import type { Channel, MessageTemplate } from "@/api/types";
import type { Tone } from "@/lib/names";

export const templatesPath = (channel: Channel) =>
  at`/accounts/${channel.account_id}/channels/${channel.channel_id}/templates`;
export const templatePath = (channel: Channel, name: string) =>
  at`/accounts/${channel.account_id}/channels/${channel.channel_id}/templates/${name}`;

// Numbers of the official API have templates; others have none.
export function hasTemplates(channel: Channel): boolean {
  return channel.link === "cloud" || channel.link_profile === "business";
}

export const templateStates: Record<MessageTemplate["status"], { text: string; tone: Tone }> = {
  pending: { text: "In review", tone: "info" },
  approved: { text: "Approved", tone: "ok" },
  rejected: { text: "Rejected", tone: "bad" },
  paused: { text: "Paused", tone: "warn" },
};

export const categories = [
  { value: "UTILITY", text: "Utility: about an order or account" },
  { value: "MARKETING", text: "Marketing: offers and news" },
  { value: "AUTHENTICATION", text: "Authentication: one-time codes" },
];
