import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { Button } from "@/ui/button";
import { Copyable } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, TextField, useForm } from "@/ui/form";
import { Note } from "@/ui/note";

// A new signing secret: shown this once.
export function NewSecret({ path, onClose }: { path: string; onClose: () => void }) {
  const form = useForm({ secret: "" });
  const [secret, setSecret] = useState<string>();
  const renew = async (values: { secret: string }) => {
    const body = values.secret ? { secret: values.secret } : {};
    setSecret((await api.post<{ secret: string }>(`${path}/secret`, body)).secret);
  };
  return (
    <Dialog title="New signing secret" onClose={onClose}>
      {secret === undefined ? (
        <Form form={form} onSubmit={renew}>
          <p>From the next post on it signs, and what the receiver knows now does not fit any more.</p>
          <TextField
            form={form}
            path="secret"
            label="Secret"
            mono
            optional
            hint="One is drawn when you leave it empty."
          />
          <FormActions form={form} submit="Set the secret" cancel={onClose} />
        </Form>
      ) : (
        <>
          <Note tone="warn">Copy it now: it is shown this once.</Note>
          <Copyable text={secret} label="Copy the secret" />
          <div class="form-actions">
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
