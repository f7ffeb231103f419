import { type FormState, SelectField, SwitchField, TextField } from "@/ui/form";
import type { AccountValues } from "./edit";

const choices = [
  { value: "off", text: "Nobody" },
  { value: "embedded", text: "This server (American English)" },
  { value: "endpoint", text: "An endpoint of yours" },
];

interface Props {
  form: FormState<AccountValues>;
  hasKey: boolean;
}

export function TranscriptionFields({ form, hasKey }: Props) {
  const { transcription } = form.values.settings;
  return (
    <div class="form">
      <SelectField form={form} path="settings.transcription" label="Written down by" choices={choices} />
      {transcription !== "off" && (
        <TextField
          form={form}
          path="settings.transcription_language"
          label="Language"
          optional
          maxLength={35}
          placeholder="en-US"
          hint="Empty: whatever is spoken."
        />
      )}
      {transcription === "endpoint" && <EndpointFields form={form} hasKey={hasKey} />}
    </div>
  );
}

function EndpointFields({ form, hasKey }: Props) {
  return (
    <>
      <TextField
        form={form}
        path="settings.transcription_url"
        label="Address of the endpoint"
        type="url"
        maxLength={2048}
        placeholder="https://speech.example/v1/audio/transcriptions"
        hint="It gets the recordings of this account's voice messages."
      />
      <TextField form={form} path="settings.transcription_model" label="Model" optional maxLength={100} />
      <TextField
        form={form}
        path="transcription_key"
        label="Key of the endpoint"
        optional
        mono
        type="password"
        maxLength={500}
        autocomplete="new-password"
        hint={hasKey ? "One is stored. Empty: it stays." : "Kept sealed and never shown."}
      />
      {hasKey && <SwitchField form={form} path="forget_transcription_key" label="Forget the stored key" />}
    </>
  );
}
