import { ApiError, api } from "@/api/client";
import { invalidate } from "@/api/query";
import type { Channel, NewGroup } from "@/api/types";
import { go } from "@/router";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, TextArea, TextField, useForm } from "@/ui/form";
import { groupHref, groupsPath } from "./paths";

// Why the network did not add somebody.
const refusals: Record<number, string> = {
  403: "does not allow it",
  404: "is not on WhatsApp",
  409: "is in it already",
  419: "finds it full",
};

function refused({ results }: NewGroup): string[] {
  return results
    .filter(({ status }) => status !== 200)
    .map(
      ({ chat, status }) => `${chat.replace(/@.*$/, "")} ${refusals[status] ?? `was refused (${status})`}`,
    );
}

// The server names people by their place in the list; here they stand in one field.
function byName(error: unknown, people: readonly string[]): unknown {
  if (!(error instanceof ApiError)) return error;
  const place = /^participants\[(\d+)\]/;
  const [faulty, others] = [true, false].map((wanted) =>
    error.faults.filter(({ path }) => place.test(path) === wanted),
  ) as [typeof error.faults, typeof error.faults];
  if (faulty.length === 0) return error;
  const texts = faulty.map(({ path, text }) => `${people[Number(place.exec(path)?.[1])] ?? path}: ${text}`);
  const fault = { path: "participants", text: texts.join("; ") };
  return new ApiError(error.status, error.code, error.message, [...others, fault]);
}

export function CreateGroup({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const form = useForm({ subject: "", description: "", participants: "" });
  const { account_id: account, channel_id: id } = channel;
  const create = async ({ subject, description, participants }: typeof form.values) => {
    const people = participants
      .split(/[\n,;]/)
      .map((text) => text.trim())
      .filter(Boolean);
    const body = { subject, participants: people, ...(description.trim() && { description }) };
    const made = await api.post<NewGroup>(groupsPath(account, id), body).catch((error) => {
      throw byName(error, people);
    });
    invalidate(groupsPath(account, id));
    onClose();
    const left = refused(made);
    tell(`${made.group.subject} was made.${left.length > 0 ? ` Not added: ${left.join(", ")}.` : ""}`);
    go(groupHref(account, id, made.group.group));
  };
  return (
    <Dialog title="New group" onClose={onClose}>
      <Form form={form} onSubmit={create}>
        <TextField form={form} path="subject" label="Subject" maxLength={100} />
        <TextArea form={form} path="description" label="Description" optional rows={2} />
        <TextArea
          form={form}
          path="participants"
          label="People"
          mono
          rows={4}
          hint="Numbers with their country code, one a line. Who does not allow strangers to add them is left out."
        />
        <FormActions form={form} submit="Create" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
