import { at } from "@/api/client";
import type { Channel, Delivery, Subscription } from "@/api/types";
import type { Tone } from "@/lib/names";
import { nameOf } from "../channels/paths";

export const subscriptionsPath = (account: string) => at`/accounts/${account}/subscriptions`;
export const subscriptionPath = (account: string, id: string) => at`/accounts/${account}/subscriptions/${id}`;
export const deliveriesPath = (account: string) => at`/accounts/${account}/deliveries`;

export const keyOfDelivery = (one: Delivery) => `${one.subscription_id} ${one.position} ${one.name}`;

export function healthOf(one: Subscription): { text: string; tone: Tone; why: string } {
  if (one.state === "disabled")
    return {
      text: "Disabled",
      tone: "bad",
      why:
        one.state_reason === "gone"
          ? "The receiver answered 410 Gone: it wants no more."
          : "Nothing arrived for days, so Parley switched it off.",
    };
  if (one.state === "off") return { text: "Off", tone: "plain", why: "Its owner switched it off." };
  if (one.failing_since)
    return { text: "Failing", tone: "bad", why: "The last posts were not answered with a 2xx." };
  if (one.behind) return { text: "Catching up", tone: "warn", why: "It works through a backlog of its own." };
  return { text: "Active", tone: "ok", why: "" };
}

export const deliveryStates: Record<string, { text: string; tone: Tone; about: string }> = {
  waiting: { text: "Waiting", tone: "warn", about: "It failed and is tried again." },
  parked: { text: "Parked", tone: "plain", about: "It waits behind another one of the same chat." },
  done: { text: "Delivered", tone: "ok", about: "It was answered with a 2xx." },
  dead: {
    text: "Dead letter",
    tone: "bad",
    about: "It was given up after the last attempt. It can be posted again.",
  },
};

export function scopeOf(one: Subscription, channels: Channel[]): string {
  if (!one.channel_id) return "all of the account";
  const channel = channels.find((candidate) => candidate.channel_id === one.channel_id);
  return channel ? nameOf(channel) : one.channel_id.slice(0, 8);
}
