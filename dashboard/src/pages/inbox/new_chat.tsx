import { ApiError } from "@/api/client";
import type { Channel } from "@/api/types";
import { go } from "@/router";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, TextField, useForm } from "@/ui/form";
import { inboxHref } from "./paths";

export function NewChat({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const form = useForm({ to: "" });
  const open = async ({ to }: { to: string }) => {
    const digits = to.replace(/\D/g, "");
    if (digits.length < 5 || digits.length > 15)
      throw new ApiError(422, "invalid_fields", "Look at the number.", [
        { path: "to", text: "A number has 5 to 15 digits, with its country code." },
      ]);
    onClose();
    go(inboxHref(channel.channel_id, `${digits}@s.whatsapp.net`));
  };
  return (
    <Dialog title="New chat" onClose={onClose}>
      <Form form={form} onSubmit={open}>
        <TextField
          form={form}
          path="to"
          label="Number"
          inputMode="tel"
          placeholder="+15550123"
          hint="With its country code."
        />
        <FormActions form={form} submit="Open" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
