import { api } from "@/api/client";
import type { Person } from "@/api/sim";
import { go } from "@/router";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SwitchField, TextField, useForm } from "@/ui/form";
import { phoneHref } from "./paths";

interface NewPersonProps {
  people: readonly Person[];
  onClose: () => void;
  onMade: () => void;
}

const names = [
  "Dora",
  "Emil",
  "Farida",
  "Goran",
  "Hana",
  "Ivo",
  "Jun",
  "Kira",
  "Liam",
  "Mina",
  "Noor",
  "Olga",
];

// The first number of the fictitious ones that nobody has.
function freeNumber(people: readonly Person[]): string {
  const taken = new Set(people.map((person) => person.number));
  for (let last = 100; last < 1000; last++) if (!taken.has(`+15550${last}`)) return `+15550${last}`;
  return "";
}

export function NewPerson({ people, onClose, onMade }: NewPersonProps) {
  const form = useForm({
    name: names.find((name) => !people.some((person) => person.name === name)) ?? "",
    number: freeNumber(people),
    is_business: false,
  });
  const make = async (values: typeof form.values) => {
    const person = await api.post<Person>("/sim/people", values);
    onClose();
    onMade();
    tell(`${person.name} has a phone now.`);
    go(phoneHref(person.number));
  };
  return (
    <Dialog title="New person" onClose={onClose}>
      <Form form={form} onSubmit={make}>
        <TextField form={form} path="name" label="Name" hint="As others see it." />
        <TextField
          form={form}
          path="number"
          label="Number"
          inputMode="tel"
          hint="With its country code. Any number will do: it is on the simulated network alone."
        />
        <SwitchField form={form} path="is_business" label="It is a business" />
        <FormActions form={form} submit="Make" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
