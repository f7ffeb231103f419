import { api } from "@/api/client";
import type { Channel, ChannelSettings } from "@/api/types";
import { tell } from "@/state/toasts";
import { Form, FormActions, SwitchField, TextField, useForm } from "@/ui/form";
import { Card } from "@/ui/layout";
import { channelPath } from "./paths";

interface Setting {
  path: keyof ChannelSettings;
  label: string;
  hint?: string;
}

const groups: { title: string; settings: Setting[] }[] = [
  {
    title: "Towards WhatsApp",
    settings: [
      { path: "read_incoming", label: "Mark messages as read when they come in" },
      { path: "typing", label: 'Show "typing" before a message goes out' },
      { path: "always_online", label: "Always shown as online" },
      { path: "auto_reject_calls", label: "Reject calls" },
      {
        path: "account_protection",
        label: "Protect the account",
        hint: "Messages leave one after the other, with a pause between them.",
      },
    ],
  },
  {
    title: "Left out",
    settings: [
      { path: "ignore_groups", label: "Groups" },
      { path: "ignore_broadcasts", label: "Broadcasts" },
      { path: "ignore_channels", label: "Newsletters" },
    ],
  },
  {
    title: "1MSG",
    settings: [
      { path: "history_enabled", label: "GET /messages answers from the store" },
      { path: "ack_notifications", label: "Callbacks tell of receipts" },
      { path: "raw_hooks", label: "Callbacks have the Cloud API's own body" },
      {
        path: "guaranteed_hooks",
        label: "Guaranteed callbacks",
        hint: "Shown to 1MSG's programs. Deliveries are always durable here.",
      },
    ],
  },
];

interface SettingsProps {
  channel: Channel;
  onChange: (channel: Channel) => void;
}

export function Settings({ channel, onChange }: SettingsProps) {
  const isPaired = Boolean(channel.connected_at);
  const form = useForm({ label: channel.label, phone: channel.phone ?? "", settings: channel.settings });
  const save = async (values: typeof form.values) => {
    const { label, phone, settings } = values;
    const path = channelPath(channel.account_id, channel.channel_id);
    const changed = await api.patch<Channel>(path, {
      label,
      settings,
      ...(!isPaired && phone !== (channel.phone ?? "") && { phone }),
    });
    form.reset({ label: changed.label, phone: changed.phone ?? "", settings: changed.settings });
    onChange(changed);
    tell("Saved.");
  };
  return (
    <Form form={form} onSubmit={save}>
      <Card title="Name and number">
        <div class="form">
          <TextField form={form} path="label" label="Name" maxLength={200} />
          {!isPaired && (
            <TextField
              form={form}
              path="phone"
              label="Number"
              optional
              inputMode="tel"
              hint="When given, no other number can be paired."
            />
          )}
        </div>
      </Card>
      {groups.map(({ title, settings }) => (
        <Card key={title} title={title}>
          <div class="form">
            {settings.map(({ path, label, hint }) => (
              <SwitchField key={path} form={form} path={`settings.${path}`} label={label} hint={hint} />
            ))}
          </div>
        </Card>
      ))}
      <FormActions form={form} submit="Save" onlyChanged />
    </Form>
  );
}
