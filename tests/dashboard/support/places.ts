// Every address that the page has, with something to see there. The routes are the page's own list;
// what stands for a parameter is made here once for the gateway.
import { expect } from "@playwright/test";
import { routes } from "../../../dashboard/src/routes";
import type { Answer, Gateway } from "./gateway";
import type { Receiver } from "./receiver";

export interface Place {
  name: string; // of the story and of its pictures
  path: string; // with parameters, and perhaps a search
}

// Views that have an address of their own on a page, and a page that is not there.
const views: Place[] = [
  { name: "channel-settings", path: "/accounts/:account/channels/:channel?tab=settings" },
  { name: "channel-unpaired", path: "/accounts/:account/channels/:unpaired" },
  { name: "webhook-deliveries", path: "/accounts/:account/webhooks?tab=deliveries" },
  { name: "no-such-page", path: "/no/such/page" },
];

// The bare address of optional parameters is a place of its own.
export const places: Place[] = [
  ...routes.flatMap(({ path }) =>
    path.includes("?") ? [placeOf(path.replace(/\/:\w+\?/g, "")), placeOf(path)] : [placeOf(path)],
  ),
  ...views,
];

function placeOf(path: string): Place {
  const words = path.replace(/[:?*]/g, "").split("/").filter(Boolean);
  return { name: words.join("-") || "overview", path };
}

export type Values = Record<string, string>;

export function fill(path: string, values: Values): string {
  const [before = "", search] = path.split(/\?(?=\w+=)/);
  const filled = before.replace(/:([a-z]+)[?*]?/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`support/places.ts has no :${name}, which ${path} needs`);
    return encodeURIComponent(value);
  });
  return `/ui${filled}${search ? `?${search}` : ""}`;
}

// Makes what there is to see.
export async function furnish(gateway: Gateway, receiver: Receiver): Promise<Values> {
  const account = await gateway.account();
  const channel = await gateway.channel();
  const channels = `/accounts/${account}/channels`;
  const unpaired = await gateway.admin("POST", channels, { label: "Second shop", link: "simulated" });
  await gateway.twochat("POST", "/open/webhooks/subscribe/whatsapp.message.received", {
    hook_url: `${receiver.url}/2chat`,
    on_number: gateway.demo.twochat.number,
  });
  const { subscriptions } = await gateway.admin("GET", `/accounts/${account}/subscriptions`);
  const subscription = subscriptions.find((one: Answer) => one.url.startsWith(receiver.url));
  const [ana = { number: "" }] = gateway.demo.people;
  await talk(gateway, ana.number);
  await gateway.sim("POST", "/groups", {
    by: ana.number,
    subject: "Cycling on Sundays",
    participants: [gateway.demo.twochat.number],
  });
  return {
    account,
    channel: channel.channel_id,
    unpaired: unpaired.channel_id,
    subscription: subscription.subscription_id,
    number: ana.number,
    ...(await listed(gateway, "chat", `${channels}/${channel.channel_id}/chats`)),
    ...(await listed(gateway, "group", `${channels}/${channel.channel_id}/groups`)),
  };
}

// The first of a list, where a page asks for one: ids that only the server knows.
async function listed(gateway: Gateway, name: string, path: string): Promise<Values> {
  if (!places.some((place) => place.path.includes(`:${name}`))) return {};
  let first: Record<string, string> | undefined;
  const look = async () => {
    [first] = (await gateway.admin("GET", path))[`${name}s`];
    return first !== undefined;
  };
  await expect.poll(look, `the first of ${path}`).toBe(true);
  return { [name]: first?.[name] ?? "" };
}

async function talk(gateway: Gateway, from: string): Promise<void> {
  const to = gateway.demo.twochat.number;
  const say = (text: string) => gateway.sim("POST", `/people/${from}/send`, { to, kind: "text", text });
  const answer = (text: string) =>
    gateway.twochat("POST", "/open/whatsapp/send-message", { from_number: to, to_number: from, text });
  await say("Good morning. Do you still have the blue bicycle?");
  await answer("Good morning, Ana. Yes, it is at the shop in Long Lane, and nobody has asked for it.");
  await say("Then I come by at five");
  await answer("See you at five");
}
