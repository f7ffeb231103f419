import { api } from "@/api/client";
import { invalidate } from "@/api/query";
import type { Channel, NewGroup } from "@/api/types";
import { byName, notDone, peopleIn } from "@/lib/group_people";
import { go } from "@/router";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, TextArea, TextField, useForm } from "@/ui/form";
import { groupHref, groupsPath } from "./paths";
import { PeopleField } from "./people_field";

export function CreateGroup({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const form = useForm({ subject: "", description: "", participants: "" });
  const { account_id: account, channel_id: id } = channel;
  const create = async ({ subject, description, participants }: typeof form.values) => {
    const people = peopleIn(participants);
    const body = { subject, participants: people, ...(description.trim() && { description }) };
    const made = await api.post<NewGroup>(groupsPath(account, id), body).catch((error) => {
      throw byName(error, people);
    });
    invalidate(groupsPath(account, id));
    onClose();
    const left = notDone(made.results);
    tell(`${made.group.subject} was made.${left.length > 0 ? ` Not added: ${left.join(", ")}.` : ""}`);
    go(groupHref(account, id, made.group.group));
  };
  return (
    <Dialog title="New group" onClose={onClose}>
      <Form form={form} onSubmit={create}>
        <TextField form={form} path="subject" label="Subject" maxLength={100} />
        <TextArea form={form} path="description" label="Description" optional rows={2} />
        <PeopleField form={form} />
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
