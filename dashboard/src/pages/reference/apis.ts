// The APIs that the reference shows, and what a call of each is signed with.
import { signal } from "@preact/signals";
import type { Description } from "@/lib/openapi";

export type ApiName = "2chat" | "wapio" | "1msg" | "admin" | "simulator";

interface Field {
  label: string;
  hint: string;
  standIn: string; // in the call as it is shown, as long as none is given
}

export interface Api {
  name: ApiName;
  title: string;
  about: string;
  tag?: string; // in the description of the gateway
  scheme: string; // of security, in the description
  fields: Record<string, Field>;
}

export const apis: readonly Api[] = [
  {
    name: "2chat",
    title: "2Chat",
    about: "For programs that were written for 2Chat.",
    tag: "2chat",
    scheme: "twochat",
    fields: {
      key: {
        label: "2Chat key",
        hint: "A key of 2Chat, from the page Keys.",
        standIn: "YOUR_API_KEY",
      },
    },
  },
  {
    name: "wapio",
    title: "Wapio",
    about: "For programs that were written for Wapio.",
    tag: "wapio",
    scheme: "wapio",
    fields: {
      key: {
        label: "Wapio key",
        hint: "/api needs a key of one channel, /v1 a key of the account.",
        standIn: "YOUR_KEY",
      },
    },
  },
  {
    name: "1msg",
    title: "1MSG",
    about: "For programs that were written for 1MSG. Its paths are below the channel's id.",
    tag: "1msg",
    scheme: "onemsg",
    fields: {
      channel: {
        label: "1MSG channel id",
        hint: "It stands on the channel's page.",
        standIn: "CHANNEL_ID",
      },
      key: { label: "1MSG token", hint: "A key of 1MSG, from the page Keys.", standIn: "YOUR_TOKEN" },
    },
  },
  {
    name: "admin",
    title: "Parley's own",
    about: "For operators: what this page itself is made with. Calls from here go by your session.",
    tag: "admin",
    scheme: "admin",
    fields: {},
  },
  {
    name: "simulator",
    title: "Simulated network",
    about: "For tests: its people, phones and faults. Calls from here go by your session.",
    scheme: "admin",
    fields: {},
  },
];

// What was typed, by API and field: in this page's memory alone, until it is closed.
export const given = signal<Record<string, string>>({});

export function givenFor(api: Api, field: string): string {
  return given.value[`${api.name}.${field}`]?.trim() ?? "";
}

export function give(api: Api, field: string, value: string): void {
  given.value = { ...given.value, [`${api.name}.${field}`]: value };
}

export const adminStandIn = "ADMIN_TOKEN";

// What goes into the call: a stand-in says in it what is missing.
export function keyOf(api: Api): string {
  return givenFor(api, "key") || (api.fields.key?.standIn ?? adminStandIn);
}

export function serverOf(api: Api): string {
  if (api.name === "simulator") return `${location.origin}/parley/v1/sim`;
  const channel = api.fields.channel;
  if (!channel) return location.origin;
  return `${location.origin}/${encodeURIComponent(givenFor(api, "channel") || channel.standIn)}`;
}

export const adminScheme = { name: "admin", scheme: { type: "http", scheme: "bearer" } };

export type { Description };
