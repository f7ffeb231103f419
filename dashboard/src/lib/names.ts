// Words for what the API names in snake_case. A name that is not here is shown with its words apart.
import type { ChannelState, LinkKind } from "@/api/types";

export type Tone = "ok" | "warn" | "bad" | "info" | "plain";

export function words(name: string): string {
  const text = name.replace(/[_-]/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const channelStates: Record<ChannelState, { text: string; tone: Tone }> = {
  pending: { text: "Not paired", tone: "plain" },
  pairing: { text: "Pairing", tone: "info" },
  connecting: { text: "Connecting", tone: "warn" },
  connected: { text: "Connected", tone: "ok" },
  disconnected: { text: "Disconnected", tone: "bad" },
  logged_out: { text: "Logged out", tone: "bad" },
  deleting: { text: "Being deleted", tone: "plain" },
  deleted: { text: "Deleted", tone: "plain" },
};

export function stateOf(name: string): { text: string; tone: Tone } {
  return channelStates[name as ChannelState] ?? { text: words(name), tone: "plain" };
}

export const linkNames: Record<LinkKind, string> = {
  simulated: "Simulated network",
  multidevice: "Linked device",
  cloud: "Cloud API",
};

// What a reason of docs/native-channels.md and docs/cloud-channels.md means to the reader.
export const reasons: Record<string, string> = {
  requested: "It was asked for.",
  paired: "The phone has taken the code.",
  unreachable: "The network does not answer. It tries again by itself.",
  unreachable_by_proxy:
    "The network cannot be reached through the channel's proxy. It tries again by itself.",
  connection_lost: "The connection was lost. It tries again by itself.",
  no_answer: "The network did not answer. It tries again by itself.",
  ended_by_network: "The network ended the connection. It tries again by itself.",
  network_unavailable: "The network is not available. It tries again by itself.",
  stream_error: "The network ended the connection with an error. It tries again by itself.",
  malformed_stream: "What came from the network could not be read. It tries again by itself.",
  login_failed: "The network refused the login for a while. It tries again by itself.",
  login_refused: "The network refused the login for a while. It tries again by itself.",
  network_error: "The network had a fault of its own. It tries again by itself.",
  not_found: "The network did not find the device for a while. It tries again by itself.",
  wrong_certificate: "Somebody else answers in the network's place. Look at what is in between.",
  proxy_unreadable: "The proxy was sealed under another key file. Set it again.",
  proxy_not_supported: "This kind of proxy is not supported. Use another kind.",
  replaced: "Another program is connected as the same device. Stop it, then restart the channel.",
  client_outdated: "The network takes this client's version no longer. Set a newer one under Settings.",
  bad_user_agent:
    "The network does not believe what channels say of themselves. Set the browser and system back.",
  temporarily_banned:
    "The account is banned for a time. Wait, write less to strangers, then restart the channel.",
  keys_unreadable:
    "The channel's keys were sealed under another key file. Start the server with the right one.",
  logged_out: "The device was removed on the phone, or the phone was away for 14 days. Pair it again.",
  locked: "WhatsApp has locked the account. Look at the phone.",
  banned: "WhatsApp has banned the account. Look at the phone.",
  pairing_expired: "Nobody scanned the code or typed it in time. Offer pairing again.",
  pairing_failed: "The code was not ours, or somebody is in between. Offer pairing again.",
  other_number: "Another number answered than the channel belongs to. Use the right phone.",
  passkey_required: "The network asks this account for a passkey, which is not supported yet.",
  token_invalid: "Meta does not take the access token. Make one that does not expire.",
  permission_missing: "The access token may not send. Make one with both permissions.",
  number_not_registered:
    "The number is not registered for the Cloud API. Register it under WhatsApp > API Setup.",
  account_locked: "Meta has closed the business account. See Business Manager.",
  account_in_review: "Meta looks at the business account. See Business Manager.",
  account_deleted: "Meta has deleted the business account. See Business Manager.",
  unknown_number: "The phone number ID is not of a number, or the token may not see it. Compare the IDs.",
  credentials_unreadable:
    "The credentials were sealed under another key file. Start the server with the right one.",
  no_credentials: "The channel has no credentials. Enter them under Cloud API.",
  number_in_use: "Another channel has this number.",
};

export function reasonText(reason: string | null | undefined): string {
  if (!reason) return "";
  return reasons[reason] ?? `${words(reason)}.`;
}

export const dialectNames: Record<string, string> = { "2chat": "2Chat", wapio: "Wapio", "1msg": "1MSG" };

const numbers = new Intl.NumberFormat(undefined);
export function count(value: number): string {
  return numbers.format(value);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
