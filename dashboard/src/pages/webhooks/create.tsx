import { api } from "@/api/client";
import { useGet } from "@/api/query";
import type { Channel, Dialect, Subscription } from "@/api/types";
import { dialectNames } from "@/lib/names";
import { webhookEvents } from "@/lib/webhook_events";
import { go, toRoute } from "@/router";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SelectField, TextField, useForm } from "@/ui/form";
import { channelsPath, nameOf } from "../channels/paths";
import { EventChoice } from "./event_choice";
import { subscriptionsPath } from "./paths";

const dialects = Object.entries(dialectNames).map(([value, text]) => ({ value, text }));
const hints: Record<Dialect, string> = {
  "2chat": "Of one number, about one event.",
  wapio: "Of one session, about the events that are chosen.",
  "1msg": "Of one channel, about messages and their receipts.",
};

interface Values {
  dialect: Dialect;
  channel_id: string;
  url: string;
  events: string[];
}

export function CreateWebhook({ account, onClose }: { account: string; onClose: () => void }) {
  const form = useForm<Values>({ dialect: "wapio", channel_id: "", url: "", events: [] });
  const channels = useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 });
  const { dialect } = form.values;
  const create = async ({ channel_id, ...values }: Values) => {
    const known = webhookEvents[values.dialect];
    const body = {
      ...values,
      events: values.events.filter((name) => known.includes(name)),
      ...(channel_id && { channel_id }),
    };
    const made = await api.post<Subscription>(subscriptionsPath(account), body);
    onClose();
    tell("The webhook was made.");
    go(toRoute("/accounts/:account/webhooks/:subscription", { account, subscription: made.subscription_id }));
  };
  return (
    <Dialog title="New webhook" onClose={onClose}>
      <Form form={form} onSubmit={create}>
        <TextField
          form={form}
          path="url"
          label="URL"
          type="url"
          autofocus
          placeholder="https://example.com/whatsapp"
          hint="It is answered with any 2xx within 15 seconds."
        />
        <SelectField form={form} path="dialect" label="Dialect" choices={dialects} hint={hints[dialect]} />
        <SelectField
          form={form}
          path="channel_id"
          label="Channel"
          choices={[
            { value: "", text: "All of the account" },
            ...(channels.data?.channels ?? []).map((channel) => ({
              value: channel.channel_id,
              text: nameOf(channel),
            })),
          ]}
        />
        <EventChoice form={form} path="events" names={webhookEvents[dialect]} />
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
