import { type FormState, TextArea } from "@/ui/form";

// Whom to add. Their faults: lib/group_people.ts.
export function PeopleField<T extends object>({ form }: { form: FormState<T & { participants: string }> }) {
  return (
    <TextArea
      form={form}
      path="participants"
      label="People"
      mono
      rows={4}
      hint="Numbers with their country code, one a line. Who does not allow strangers to add them is left out."
    />
  );
}
