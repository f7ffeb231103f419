import { type FormState, SwitchField, TextField } from "@/ui/form";

export const emptyCloud = {
  phone_number_id: "",
  business_account_id: "",
  access_token: "",
  app_secret: "",
  verify_token: "",
  app_secret_proof: false,
};

// What Meta's pages show, in the order in which one comes across it there (docs/cloud-channels.md).
export function CloudFields<T extends object>({ form, prefix }: { form: FormState<T>; prefix: string }) {
  return (
    <>
      <TextField
        form={form}
        path={`${prefix}phone_number_id`}
        label="Phone number ID"
        mono
        inputMode="numeric"
        hint="From the app's page WhatsApp > API Setup. It is not the number itself."
      />
      <TextField
        form={form}
        path={`${prefix}business_account_id`}
        label="WhatsApp Business Account ID"
        mono
        inputMode="numeric"
        hint="From the same page."
      />
      <TextField
        form={form}
        path={`${prefix}access_token`}
        label="Access token"
        mono
        type="password"
        hint="Of a system user, without an end, with whatsapp_business_messaging and whatsapp_business_management."
      />
      <TextField
        form={form}
        path={`${prefix}app_secret`}
        label="App secret"
        mono
        type="password"
        hint="From App settings > Basic. It signs what Meta posts here."
      />
      <TextField
        form={form}
        path={`${prefix}verify_token`}
        label="Verify token"
        mono
        optional
        hint="One is drawn when you leave it empty."
      />
      <SwitchField
        form={form}
        path={`${prefix}app_secret_proof`}
        label="Send a proof of the app secret"
        hint="For apps that require appsecret_proof."
      />
    </>
  );
}
