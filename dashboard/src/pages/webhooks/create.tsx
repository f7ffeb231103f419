import { api } from "@/api/client";
import { useGet } from "@/api/query";
import type { Channel, Dialect, EventNames, Subscription } from "@/api/types";
import { dialectNames } from "@/lib/names";
import { go, toRoute } from "@/router";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SelectField, TextField, useForm } from "@/ui/form";
import { channelsPath, nameOf } from "../channels/paths";
import { OneEvent, SomeEvents } from "./event_choice";
import { subscriptionsPath } from "./paths";

const dialects = Object.entries(dialectNames).map(([value, text]) => ({ value, text }));

// How many events a subscription of the dialect names, and what that means to its owner.
const kinds: Record<Dialect, { events: "one" | "some" | "none"; hint: string }> = {
  "2chat": { events: "one", hint: "Each webhook is about one event." },
  wapio: { events: "some", hint: "About the events that are chosen." },
  "1msg": { events: "none", hint: "Always about messages and their receipts." },
};

interface Values {
  url: string;
  dialect: Dialect;
  channel_id: string;
  events: string[];
  secret: string;
}

const start: Values = { url: "", dialect: "wapio", channel_id: "", events: [], secret: "" };

// What was left empty is left out: all channels, all events, a secret that is drawn. What was chosen
// before another dialect was is not of this one.
function bodyOf({ url, dialect, channel_id, events, secret }: Values, known: string[]): object {
  const { events: takes } = kinds[dialect];
  const fitting = events.filter((name) => known.includes(name));
  return {
    url,
    dialect,
    ...(channel_id && { channel_id }),
    ...(takes !== "none" && (takes === "one" || fitting.length > 0) && { events: fitting }),
    ...(secret && { secret }),
  };
}

export function CreateWebhook({ account, onClose }: { account: string; onClose: () => void }) {
  const form = useForm(start);
  const channels = useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 });
  const names = useGet<EventNames>("/event-names").data?.[form.values.dialect] ?? [];
  const kind = kinds[form.values.dialect];
  const create = async (values: Values) => {
    const made = await api.post<Subscription>(subscriptionsPath(account), bodyOf(values, names));
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
          hint="It answers with any 2xx within 15 seconds."
        />
        <SelectField form={form} path="dialect" label="Dialect" choices={dialects} hint={kind.hint} />
        <SelectField
          form={form}
          path="channel_id"
          label="Channel"
          choices={[
            { value: "", text: "All of the account" },
            ...(channels.data?.channels ?? []).map((one) => ({ value: one.channel_id, text: nameOf(one) })),
          ]}
        />
        {kind.events === "one" && <OneEvent form={form} path="events" names={names} />}
        {kind.events === "some" && <SomeEvents form={form} path="events" names={names} />}
        <TextField
          form={form}
          path="secret"
          label="Signing secret"
          optional
          mono
          hint="One is drawn when you leave it empty. At least 16 characters."
        />
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
