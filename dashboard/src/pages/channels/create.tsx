import { api } from "@/api/client";
import type { Channel } from "@/api/types";
import { go, toRoute } from "@/router";
import { node } from "@/state/node";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SelectField, TextField, useForm } from "@/ui/form";
import { CloudFields, emptyCloud } from "./cloud_fields";
import { channelsPath, nameOf } from "./paths";

const links = [
  { value: "multidevice", text: "A phone's linked device (QR code)" },
  { value: "cloud", text: "Meta's Cloud API (credentials)" },
  { value: "simulated", text: "The simulated network" },
];

const profiles = [
  { value: "phone", text: "Like a number linked by QR code" },
  { value: "business", text: "Like a number of the official API" },
];

const notes: Record<string, string> = {
  multidevice: "An unofficial client: WhatsApp's terms do not allow it, and a number may be banned for it.",
  cloud: "A number of the WhatsApp Business Platform. Messages outside of 24 hours need templates.",
  simulated: "For trying out: nothing leaves the machine.",
};

const start = { label: "", link: "multidevice", link_profile: "phone", phone: "", cloud: emptyCloud };
type Values = typeof start;

function bodyOf(values: Values): object {
  const { label, link, phone } = values;
  if (link === "cloud")
    return { label, link, cloud: { ...values.cloud, verify_token: values.cloud.verify_token || undefined } };
  const profile = link === "simulated" ? { link_profile: values.link_profile } : {};
  return { label, link, ...profile, ...(phone.trim() && { phone }) };
}

export function CreateChannel({ account, onClose }: { account: string; onClose: () => void }) {
  const simulated = node.value?.simulated_network ?? true;
  const form = useForm<Values>({ ...start, link: simulated ? "simulated" : "multidevice" });
  const { link } = form.values;
  const create = async (values: Values) => {
    const channel = await api.post<Channel>(channelsPath(account), bodyOf(values));
    onClose();
    tell(`${nameOf(channel)} was made.`);
    go(toRoute("/accounts/:account/channels/:channel", { account, channel: channel.channel_id }));
  };
  return (
    <Dialog title="New channel" onClose={onClose}>
      <Form form={form} onSubmit={create}>
        <TextField
          form={form}
          path="label"
          label="Name"
          optional
          autofocus
          placeholder="Support"
          maxLength={200}
        />
        <SelectField
          form={form}
          path="link"
          label="Connected by"
          choices={links.filter(({ value }) => value !== "simulated" || simulated)}
          hint={notes[link]}
        />
        {link === "simulated" && (
          <SelectField form={form} path="link_profile" label="Behaves" choices={profiles} />
        )}
        {link !== "cloud" && (
          <TextField
            form={form}
            path="phone"
            label="Number"
            optional
            inputMode="tel"
            placeholder="+15550123"
            hint="When given, no other number can be paired."
          />
        )}
        {link === "cloud" && <CloudFields form={form} prefix="cloud." />}
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
