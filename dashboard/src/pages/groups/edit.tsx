import { api } from "@/api/client";
import { invalidate } from "@/api/query";
import type { Group } from "@/api/types";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SwitchField, TextArea, TextField, useForm } from "@/ui/form";

const permissions = [
  { path: "announce", label: "Only admins write" },
  { path: "restrict", label: "Only admins change subject, description and picture" },
  { path: "members_add", label: "Everybody may add people" },
  { path: "join_approval", label: "An admin lets in whoever comes by the invite link" },
] as const;

interface EditProps {
  path: string; // of the group
  group: Group;
  isAdmin: boolean;
  onClose: () => void;
}

export function EditGroup({ path, group, isAdmin, onClose }: EditProps) {
  const { subject, description, announce, restrict, members_add, join_approval } = group;
  const start = { subject, description, announce, restrict, members_add, join_approval };
  const form = useForm(start);
  // What was not touched is not asked for: others may have changed it meanwhile.
  const save = async (values: typeof start) => {
    const changed = Object.entries(values).filter(
      ([name, value]) => start[name as keyof typeof start] !== value,
    );
    await api.patch(path, Object.fromEntries(changed));
    invalidate(path);
    tell("Saved.");
    onClose();
  };
  return (
    <Dialog title="Change the group" onClose={onClose}>
      <Form form={form} onSubmit={save}>
        <TextField form={form} path="subject" label="Subject" maxLength={100} />
        <TextArea form={form} path="description" label="Description" optional rows={3} />
        {isAdmin &&
          permissions.map((one) => (
            <SwitchField key={one.path} form={form} path={one.path} label={one.label} />
          ))}
        <FormActions form={form} submit="Save" cancel={onClose} onlyChanged />
      </Form>
    </Dialog>
  );
}
