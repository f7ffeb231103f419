import { at } from "@/api/client";
import type { Channel, Dialect } from "@/api/types";

export const keysPath = (account: string) => at`/accounts/${account}/keys`;
export const keyPath = (account: string, fingerprint: string) => at`/accounts/${account}/keys/${fingerprint}`;
export const channelKeysPath = (account: string, channel: string) =>
  at`/accounts/${account}/channels/${channel}/keys`;

// A first call with a key, to be pasted into a shell.
export function firstCall(dialect: Dialect, key: string, channel: Channel | undefined): string {
  const calls: Record<Dialect, string> = {
    "2chat": `curl ${location.origin}/open/info -H 'X-User-API-Key: ${key}'`,
    wapio: channel
      ? `curl ${location.origin}/api/status -H 'Authorization: Bearer ${key}'`
      : `curl ${location.origin}/v1/whatsapp-sessions -H 'Authorization: Bearer ${key}'`,
    "1msg": `curl '${location.origin}/${channel?.code ?? "CHANNEL_ID"}/status?token=${key}'`,
  };
  return calls[dialect];
}
