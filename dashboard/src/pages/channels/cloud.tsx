import { useState } from "preact/hooks";
import { type ApiError, api, asApiError } from "@/api/client";
import { useGet } from "@/api/query";
import type { Channel, CloudCredentials, Finding } from "@/api/types";
import { words } from "@/lib/names";
import { tell } from "@/state/toasts";
import { Button } from "@/ui/button";
import { Copyable } from "@/ui/copy";
import { Form, FormActions, useForm } from "@/ui/form";
import { Icon } from "@/ui/icons";
import { Card, Facts } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { CloudFields, emptyCloud } from "./cloud_fields";
import { channelPath } from "./paths";
import "./cloud.css";

export function Cloud({ channel }: { channel: Channel }) {
  const path = `${channelPath(channel.account_id, channel.channel_id)}/cloud`;
  const got = useGet<CloudCredentials>(path);
  if (!got.data)
    return got.error ? (
      <ErrorNote error={got.error} what="the credentials" again={got.reload} />
    ) : (
      <Skeleton rows={6} />
    );
  return (
    <div class="stack">
      <Card
        title="To enter at Meta"
        about="On the app's page WhatsApp > Configuration; then press Verify and save."
      >
        <Facts
          facts={[
            [
              "Callback URL",
              <Copyable key="url" text={got.data.webhook_url} label="Copy the callback URL" />,
            ],
            [
              "Verify token",
              <Copyable key="token" text={got.data.verify_token} label="Copy the verify token" />,
            ],
            ["Phone number ID", <code key="number">{got.data.phone_number_id}</code>],
            ["Business Account ID", <code key="account">{got.data.business_account_id}</code>],
          ]}
        />
      </Card>
      <Checks path={path} />
      <Credentials path={path} now={got.data} onChange={got.set} />
    </div>
  );
}

function Checks({ path }: { path: string }) {
  const [findings, setFindings] = useState<Finding[]>();
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      setFindings((await api.post<{ findings: Finding[] }>(`${path}/check`)).findings);
      setError(undefined);
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card
      title="Checks"
      about="Asks Meta with these credentials, and looks at what was entered there."
      actions={
        <Button icon="play" busy={busy} onClick={check}>
          Check now
        </Button>
      }
    >
      <div aria-live="polite">
        {error && <ErrorNote error={error} what="the check" again={check} />}
        <ul class="findings">
          {findings?.map((finding) => (
            <li key={finding.check} class={finding.ok ? "finding-ok" : "finding-bad"}>
              <Icon name={finding.ok ? "done" : "error"} />
              <div>
                <b>{words(finding.check)}</b>
                <span class="visually-hidden">{finding.ok ? " is in order" : " is at fault"}</span>
                <p>{finding.text}</p>
                {finding.fix && <p class="muted">{finding.fix}</p>}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

interface CredentialsProps {
  path: string;
  now: CloudCredentials;
  onChange: (credentials: CloudCredentials) => void;
}

// The token and the secret are not told by the server, so new credentials are always given whole.
function Credentials({ path, now, onChange }: CredentialsProps) {
  const start = {
    ...emptyCloud,
    phone_number_id: now.phone_number_id,
    business_account_id: now.business_account_id,
    app_secret_proof: now.app_secret_proof,
  };
  const form = useForm(start);
  const save = async (values: typeof start) => {
    onChange(
      await api.put<CloudCredentials>(path, { ...values, verify_token: values.verify_token || undefined }),
    );
    form.reset({ ...values, access_token: "", app_secret: "", verify_token: "" });
    tell("The new credentials are in use.");
  };
  return (
    <Card title="New credentials" about="Used at once. Token and secret are kept sealed and never shown.">
      <Form form={form} onSubmit={save}>
        <CloudFields form={form} prefix="" />
        <FormActions form={form} submit="Save and connect" onlyChanged />
      </Form>
    </Card>
  );
}
