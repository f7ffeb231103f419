import { api } from "@/api/client";
import type { Channel, NewKey } from "@/api/types";
import { nameOf } from "@/pages/channels/paths";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SelectField, TextField, useForm } from "@/ui/form";
import { Note } from "@/ui/note";
import { channelKeysPath, keysPath } from "./paths";

const dialects = [
  { value: "2chat", text: "2Chat" },
  { value: "wapio", text: "Wapio" },
  { value: "1msg", text: "1MSG" },
];

interface CreateProps {
  account: string;
  channels: readonly Channel[];
  onMade: (made: NewKey) => void;
  onClose: () => void;
}

export function CreateKey({ account, channels, onMade, onClose }: CreateProps) {
  const form = useForm({ dialect: "2chat", channel: "", label: "" });
  const { dialect, channel } = form.values;
  // 2Chat has no keys of one number.
  const ofChannel = dialect !== "2chat" && channel !== "";
  const create = async ({ label }: typeof form.values) => {
    const made = ofChannel
      ? await api.post<NewKey>(channelKeysPath(account, channel), { dialect })
      : await api.post<NewKey>(keysPath(account), { dialect, ...(label.trim() && { label }) });
    onMade(made);
  };
  const seen = [
    { value: "", text: "The whole account" },
    ...channels.map((one) => ({ value: one.channel_id, text: `${nameOf(one)} alone` })),
  ];
  return (
    <Dialog title="New key" onClose={onClose}>
      <Form form={form} onSubmit={create}>
        <SelectField
          form={form}
          path="dialect"
          label="For programs that speak"
          choices={dialects}
          hint="A key works in this API only."
        />
        {dialect !== "2chat" && <SelectField form={form} path="channel" label="It sees" choices={seen} />}
        {ofChannel ? (
          <Note tone="warn">
            A channel has one key of this kind. If it has one already, that one stops working.
          </Note>
        ) : (
          <TextField
            form={form}
            path="label"
            label="Name"
            optional
            maxLength={200}
            placeholder="Shop's CRM"
            hint="So that you know later which program has it."
          />
        )}
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
