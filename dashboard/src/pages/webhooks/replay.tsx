import { api } from "@/api/client";
import { plural } from "@/lib/names";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, NumberField, SwitchField, useForm } from "@/ui/form";
import { subscriptionPath } from "./paths";

interface ReplayRangeProps {
  account: string;
  subscription: string;
  positions: number[]; // of what is listed: where the range begins and ends at first
  onClose: () => void;
  onDone: () => void;
}

export function ReplayRange({ account, subscription, positions, onClose, onDone }: ReplayRangeProps) {
  const form = useForm({
    from: positions.length > 0 ? Math.min(...positions) : 1,
    to: positions.length > 0 ? Math.max(...positions) : 1,
    also_done: false,
  });
  const replay = async (values: typeof form.values) => {
    const path = `${subscriptionPath(account, subscription)}/replay`;
    const { replayed } = await api.post<{ replayed: number }>(path, values);
    onClose();
    tell(
      replayed > 0
        ? `${plural(replayed, "delivery is", "deliveries are")} posted again.`
        : "Nothing was left to post.",
    );
    onDone();
  };
  return (
    <Dialog title="Post a range again" onClose={onClose}>
      <p>
        Dead letters of these events are posted again, with the ids and bodies that they had, so that a
        receiver that remembers ids sees each of them once.
      </p>
      <Form form={form} onSubmit={replay}>
        <NumberField form={form} path="from" label="First event" min={1} />
        <NumberField form={form} path="to" label="Last event" min={1} />
        <SwitchField form={form} path="also_done" label="Also what has arrived already" />
        <FormActions form={form} submit="Post again" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
