import { api } from "@/api/client";
import { useGet } from "@/api/query";
import type { NativeClient } from "@/api/types";
import { tell } from "@/state/toasts";
import { Empty } from "@/ui/empty";
import { Form, FormActions, SelectField, TextField, useForm } from "@/ui/form";
import { Card } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";

const path = "/node/client";

export function Client() {
  const got = useGet<NativeClient>(path);
  if (got.data) return <ClientForm now={got.data} onChange={got.set} />;
  if (!got.error) return <Skeleton rows={4} />;
  if (got.error.status === 422)
    return (
      <Empty icon="phones" title="This server has no native channels">
        It was started without them, so there is nothing that it says of itself to WhatsApp.
      </Empty>
    );
  return <ErrorNote error={got.error} what="the native client" again={got.reload} />;
}

const browsers = ["Chrome", "Edge", "Firefox", "Opera", "Safari", "Desktop"];

function ClientForm({ now, onChange }: { now: NativeClient; onChange: (client: NativeClient) => void }) {
  const form = useForm(now);
  const known = browsers.includes(now.browser) ? browsers : [now.browser, ...browsers];
  const save = async (values: NativeClient) => {
    const changed = await api.patch<NativeClient>(path, values);
    form.reset(changed);
    onChange(changed);
    tell("Saved. Channels that connect from now on say so.");
  };
  return (
    <Form form={form} onSubmit={save}>
      <Card
        title="What channels say of themselves"
        about="To WhatsApp, when they connect as a linked device. It holds until the next start; for longer, set the options."
      >
        <div class="form">
          <TextField
            form={form}
            path="version"
            label="Version of WhatsApp Web"
            mono
            maxLength={40}
            hint="When the network takes a version no longer, channels say so. Set a newer one, then restart them."
          />
          <SelectField
            form={form}
            path="browser"
            label="Browser"
            choices={known.map((text) => ({ value: text, text }))}
          />
          <TextField
            form={form}
            path="os"
            label="System"
            maxLength={100}
            hint="As the phone's list of devices shows it."
          />
        </div>
      </Card>
      <FormActions form={form} submit="Save" onlyChanged />
    </Form>
  );
}
