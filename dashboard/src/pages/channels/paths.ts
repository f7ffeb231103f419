import { at } from "@/api/client";

export const channelsPath = (account: string) => at`/accounts/${account}/channels`;
export const channelPath = (account: string, channel: string) => at`/accounts/${account}/channels/${channel}`;

export function nameOf(channel: { label: string; phone?: string | null; code: string }): string {
  return channel.label || channel.phone || channel.code;
}
