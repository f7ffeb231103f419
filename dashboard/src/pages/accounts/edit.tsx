import { api } from "@/api/client";
import type { Account } from "@/api/types";
import { fromLocalField, toLocalField } from "@/lib/local_time";
import { loadAccounts } from "@/state/accounts";
import { tell } from "@/state/toasts";
import { Form, FormActions, type FormState, NumberField, SwitchField, TextField, useForm } from "@/ui/form";
import { Card } from "@/ui/layout";
import { accountPath } from "./paths";
import { TranscriptionFields } from "./transcription";

const kinds = ["marketing", "utility", "authentication", "service"] as const;

interface Settings {
  wapio_envelope: boolean;
  onemsg_viewed: boolean;
  conversation_prices: Record<string, number | undefined>;
  transcription: string;
  transcription_language: string;
  transcription_url: string;
  transcription_model: string;
}

export interface AccountValues {
  name: string;
  plan: string;
  on_trial: boolean;
  expires_at: string; // as the field has it
  blocked: boolean;
  block_reason: string;
  requests_per_minute: number | undefined;
  burst: number | undefined;
  messages_per_month: number | undefined;
  settings: Settings;
  transcription_key: string;
  forget_transcription_key: boolean;
}

function valuesOf(account: Account): AccountValues {
  const { settings } = account as { settings: Partial<Settings> };
  const prices = settings.conversation_prices ?? {};
  return {
    name: account.name,
    plan: account.plan,
    on_trial: account.on_trial,
    expires_at: toLocalField(account.expires_at),
    blocked: account.blocked,
    block_reason: account.block_reason ?? "",
    requests_per_minute: account.requests_per_minute,
    burst: account.burst,
    messages_per_month: account.messages_per_month,
    settings: {
      wapio_envelope: settings.wapio_envelope ?? false,
      onemsg_viewed: settings.onemsg_viewed ?? false,
      conversation_prices: Object.fromEntries(kinds.map((kind) => [kind, prices[kind]])),
      transcription: settings.transcription ?? "off",
      transcription_language: settings.transcription_language ?? "",
      transcription_url: settings.transcription_url ?? "",
      transcription_model: settings.transcription_model ?? "",
    },
    transcription_key: "",
    forget_transcription_key: false,
  };
}

// An emptied limit is none. A price that nobody gave stays away: statistics count it as 0.
function bodyOf(values: AccountValues, account: Account): object {
  const { forget_transcription_key: forget, transcription_key: key, settings, ...rest } = values;
  const { conversation_prices: given, ...others } = settings;
  const prices = Object.fromEntries(kinds.map((kind) => [kind, given[kind] ?? 0]));
  const priced = kinds.some((kind) => given[kind] !== undefined);
  return {
    ...rest,
    // A field knows no seconds: what was not touched goes back as it came.
    expires_at:
      rest.expires_at === toLocalField(account.expires_at)
        ? (account.expires_at ?? null)
        : fromLocalField(rest.expires_at),
    requests_per_minute: rest.requests_per_minute ?? 0,
    burst: rest.burst ?? 0,
    messages_per_month: rest.messages_per_month ?? 0,
    settings: { ...others, ...(priced && { conversation_prices: prices }) },
    ...(key && { transcription_key: key }),
    ...(!key && forget && { transcription_key: null }),
  };
}

interface EditProps {
  account: Account;
  onChange: (account: Account) => void;
}

export function EditAccount({ account, onChange }: EditProps) {
  const form = useForm(valuesOf(account));
  const save = async (values: AccountValues) => {
    const changed = await api.patch<Account>(accountPath(account.account_id), bodyOf(values, account));
    form.reset(valuesOf(changed));
    onChange(changed);
    void loadAccounts();
    tell("Saved.");
  };
  return (
    <Form form={form} onSubmit={save}>
      <Card title="Plan">
        <PlanFields form={form} />
      </Card>
      <Card title="Limits" about="0 is no limit.">
        <LimitFields form={form} />
      </Card>
      <Card title="Voice messages" about="Whether what comes in is written down, and by whom.">
        <TranscriptionFields form={form} hasKey={account.has_transcription_key} />
      </Card>
      <Card title="What its programs are told">
        <DialectFields form={form} />
      </Card>
      <FormActions form={form} submit="Save" onlyChanged />
    </Form>
  );
}

type Fields = { form: FormState<AccountValues> };

function PlanFields({ form }: Fields) {
  return (
    <div class="form">
      <TextField form={form} path="name" label="Name" maxLength={200} />
      <TextField
        form={form}
        path="plan"
        label="Plan"
        optional
        maxLength={100}
        hint="A label of your own. It changes nothing by itself."
      />
      <SwitchField form={form} path="on_trial" label="On trial" hint="Told to programs that ask." />
      <TextField
        form={form}
        path="expires_at"
        label="Paid until"
        optional
        type="datetime-local"
        hint="In your time zone. From then on its calls are refused as unpaid. Empty: without end."
      />
      <SwitchField form={form} path="blocked" label="Blocked" hint="Its calls are refused at once." />
      {form.values.blocked && (
        <TextField
          form={form}
          path="block_reason"
          label="Reason"
          optional
          maxLength={500}
          hint="The refused program reads it in the answer."
        />
      )}
    </div>
  );
}

function LimitFields({ form }: Fields) {
  return (
    <div class="form-columns">
      <NumberField
        form={form}
        path="requests_per_minute"
        label="Requests a minute"
        min={0}
        max={10_000_000}
      />
      <NumberField
        form={form}
        path="burst"
        label="Requests at once"
        min={0}
        max={10_000_000}
        hint="0: as many as in a minute."
      />
      <NumberField
        form={form}
        path="messages_per_month"
        label="Messages a month"
        min={0}
        max={1_000_000_000_000}
        hint="That programs may send in a calendar month, in UTC."
      />
    </div>
  );
}

function DialectFields({ form }: Fields) {
  return (
    <div class="form">
      <SwitchField
        form={form}
        path="settings.wapio_envelope"
        label="Wapio: wrap answers"
        hint='In {"success": true, "data": ...}.'
      />
      <SwitchField
        form={form}
        path="settings.onemsg_viewed"
        label='1MSG: acks say "viewed"'
        hint='Instead of "read".'
      />
      <div class="form-columns">
        {kinds.map((kind) => (
          <NumberField
            key={kind}
            form={form}
            path={`settings.conversation_prices.${kind}`}
            label={`1MSG: price of a ${kind} conversation`}
            optional
            min={0}
          />
        ))}
      </div>
    </div>
  );
}
