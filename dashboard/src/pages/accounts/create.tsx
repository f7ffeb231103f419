import { api } from "@/api/client";
import type { Account } from "@/api/types";
import { go, toRoute } from "@/router";
import { loadAccounts } from "@/state/accounts";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SwitchField, TextField, useForm } from "@/ui/form";

export function CreateAccount({ onClose }: { onClose: () => void }) {
  const form = useForm({ name: "", plan: "", on_trial: false });
  const create = async ({ name, plan, on_trial }: typeof form.values) => {
    const account = await api.post<Account>("/accounts", { name, on_trial, ...(plan.trim() && { plan }) });
    onClose();
    tell(`${account.name} was made.`);
    void loadAccounts();
    go(toRoute("/accounts/:account", { account: account.account_id }));
  };
  return (
    <Dialog title="New account" onClose={onClose}>
      <Form form={form} onSubmit={create}>
        <TextField form={form} path="name" label="Name" placeholder="Bakery on the corner" maxLength={200} />
        <TextField
          form={form}
          path="plan"
          label="Plan"
          optional
          maxLength={100}
          hint="A label of your own. It changes nothing by itself."
        />
        <SwitchField form={form} path="on_trial" label="On trial" />
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
