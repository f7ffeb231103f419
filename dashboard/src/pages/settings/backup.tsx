import { useState } from "preact/hooks";
import { api } from "@/api/client";
import type { BackupResult } from "@/api/types";
import { bytes } from "@/lib/bytes";
import { count, plural } from "@/lib/names";
import { Form, FormActions, SwitchField, TextField, useForm } from "@/ui/form";
import { Card, Facts } from "@/ui/layout";
import { Note } from "@/ui/note";

export function Backup() {
  const form = useForm({ folder: "", with_key: true });
  const [result, setResult] = useState<BackupResult>();
  const run = async (values: typeof form.values) => {
    setResult(undefined);
    setResult(await api.post<BackupResult>("/backup", values));
  };
  return (
    <div class="stack">
      <Card
        title="Back up the data folder"
        about="While the server runs on. A folder with an older backup is brought up to date."
      >
        <Form form={form} onSubmit={run}>
          <TextField
            form={form}
            path="folder"
            label="Folder"
            mono
            maxLength={4000}
            placeholder="/var/backups/parley"
            hint="On the server's machine, with its full path."
          />
          <SwitchField
            form={form}
            path="with_key"
            label="With the key that seals secrets"
            hint="Without it, the backup is of use only together with the key, kept elsewhere. With it, whoever has the backup can read everything."
          />
          <FormActions form={form} submit="Back up now" />
        </Form>
      </Card>
      <div aria-live="polite">{result && <Done result={result} />}</div>
    </div>
  );
}

function Done({ result }: { result: BackupResult }) {
  return (
    <Card title="The backup is on the disk">
      <Facts
        facts={[
          ["Folder", <code key="folder">{result.folder}</code>],
          ["Files", `${count(result.files)}, ${count(result.copied)} of them new`],
          ["Size", bytes(result.bytes)],
          ["Key", result.key_included ? "Included" : "Not included"],
          ["Key's fingerprint", <code key="key">{result.key_fingerprint}</code>],
          ["Schema of the database", result.schema],
        ]}
      />
      {result.damaged.length > 0 && (
        <Note tone="warn">
          {plural(result.damaged.length, "media file")} could not be read and is left out:
          {result.damaged.slice(0, 20).map((name) => (
            <div key={name}>
              <code>{name}</code>
            </div>
          ))}
        </Note>
      )}
    </Card>
  );
}
