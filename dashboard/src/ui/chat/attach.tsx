// Dialogs for what is not typed: a location, a contact, a poll. Each gives its draft to `onSend`, which
// throws where the server refuses it; its faults then stand at the fields.
import { useState } from "preact/hooks";
import { Button, IconButton } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SwitchField, TextField, useForm } from "@/ui/form";
import "./attach.css";

export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}
export interface ContactDraft {
  name: string;
  phone: string;
}
export interface PollDraft {
  question: string;
  options: string[];
  multiple: boolean;
}

interface DialogProps<T> {
  onSend: (draft: T) => Promise<void>;
  onClose: () => void;
}

const noPlace = { location: { latitude: "", longitude: "", name: "", address: "" } };

export function PlaceDialog({ onSend, onClose }: DialogProps<Place>) {
  const form = useForm(noPlace);
  const send = async ({ location }: typeof noPlace) => {
    const { name, address } = location;
    await onSend({
      latitude: Number.parseFloat(location.latitude.replace(",", ".")) || 0,
      longitude: Number.parseFloat(location.longitude.replace(",", ".")) || 0,
      ...(name && { name }),
      ...(address && { address }),
    });
    onClose();
  };
  return (
    <Dialog title="Send a location" onClose={onClose}>
      <Form form={form} onSubmit={send}>
        <TextField
          form={form}
          path="location.latitude"
          label="Latitude"
          inputMode="decimal"
          placeholder="52.5163"
        />
        <TextField
          form={form}
          path="location.longitude"
          label="Longitude"
          inputMode="decimal"
          placeholder="13.3777"
        />
        <TextField form={form} path="location.name" label="Name" optional />
        <TextField form={form} path="location.address" label="Address" optional />
        <FormActions form={form} submit="Send" cancel={onClose} />
      </Form>
    </Dialog>
  );
}

const noContact = { contact: { name: "", phone: "" } };

export function ContactDialog({ onSend, onClose }: DialogProps<ContactDraft>) {
  const form = useForm(noContact);
  const send = async ({ contact }: typeof noContact) => {
    await onSend(contact);
    onClose();
  };
  return (
    <Dialog title="Send a contact" onClose={onClose}>
      <Form form={form} onSubmit={send}>
        <TextField form={form} path="contact.name" label="Name" maxLength={500} />
        <TextField form={form} path="contact.phone" label="Number" inputMode="tel" placeholder="+15550123" />
        <FormActions form={form} submit="Send" cancel={onClose} />
      </Form>
    </Dialog>
  );
}

const noPoll = { poll: { question: "", options: ["", ""] as string[], multiple: false } };
const mostOptions = 12;

export function PollDialog({ onSend, onClose }: DialogProps<PollDraft>) {
  const form = useForm(noPoll);
  const [count, setCount] = useState(2);
  const send = async ({ poll }: typeof noPoll) => {
    await onSend({ ...poll, options: poll.options.map((text) => text.trim()).filter(Boolean) });
    onClose();
  };
  const remove = (index: number) => {
    const options = form.values.poll.options.filter((_, place) => place !== index);
    form.write("poll.options", options);
    setCount(count - 1);
  };
  return (
    <Dialog title="Send a poll" onClose={onClose}>
      <Form form={form} onSubmit={send}>
        <TextField form={form} path="poll.question" label="Question" maxLength={255} />
        {Array.from({ length: count }, (_, index) => (
          <div key={index} class="poll-field">
            <TextField
              form={form}
              path={`poll.options[${index}]`}
              label={`Option ${index + 1}`}
              maxLength={100}
            />
            {count > 2 && (
              <IconButton icon="close" label={`Remove option ${index + 1}`} onClick={() => remove(index)} />
            )}
          </div>
        ))}
        {count < mostOptions && (
          <Button kind="quiet" icon="plus" onClick={() => setCount(count + 1)}>
            Another option
          </Button>
        )}
        <SwitchField form={form} path="poll.multiple" label="Several may be chosen" />
        <FormActions form={form} submit="Send" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
