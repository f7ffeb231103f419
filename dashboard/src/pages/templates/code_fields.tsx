import type { CodeParts } from "@/lib/template_parts";
import { type FormState, NumberField, SwitchField, TextField } from "@/ui/form";
import { Note } from "@/ui/note";

// A template for one-time codes.
export function CodeFields<T extends object>({ form }: { form: FormState<T & { code: CodeParts }> }) {
  return (
    <>
      <Note tone="plain">WhatsApp writes the text itself, in the language of the template.</Note>
      <SwitchField form={form} path="code.warns" label="Say that the code is for nobody else" />
      <NumberField
        form={form}
        path="code.minutes"
        label="Minutes that the code is good"
        optional
        min={1}
        max={90}
      />
      <TextField form={form} path="code.button" label="Text of the button" optional maxLength={25} />
    </>
  );
}
