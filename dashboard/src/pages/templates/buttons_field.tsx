import { noButton, type TemplateButton } from "@/lib/template_parts";
import { variablesOf } from "@/lib/template_text";
import { Button, IconButton } from "@/ui/button";
import { type FormState, SelectField, TextField } from "@/ui/form";

const buttonTypes = [
  { value: "QUICK_REPLY", text: "Answers" },
  { value: "URL", text: "Opens a page" },
  { value: "PHONE_NUMBER", text: "Calls a number" },
  { value: "COPY_CODE", text: "Copies a code" },
];
const targets = { URL: "Page", PHONE_NUMBER: "Number", COPY_CODE: "Example of the code" } as const;
const buttonsAtMost = 10;

interface ButtonsProps<T extends object> {
  form: FormState<T>;
  at: string; // the path of what has the buttons
  atMost?: number;
}

export function ButtonsField<T extends object>({ form, at, atMost = buttonsAtMost }: ButtonsProps<T>) {
  const buttons = (form.read(`${at}.buttons`) ?? []) as TemplateButton[];
  const write = (next: TemplateButton[]) => form.write(`${at}.buttons`, next);
  return (
    <fieldset class="template-set">
      <legend>Buttons</legend>
      {buttons.map((button, index) => (
        <div key={index} class="template-button">
          <OneButton form={form} path={`${at}.buttons.${index}`} button={button} number={index + 1} />
          <IconButton
            icon="close"
            label={`Remove button ${index + 1}`}
            onClick={() => write(buttons.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      {buttons.length < atMost && (
        <div>
          <Button small icon="plus" onClick={() => write([...buttons, noButton])}>
            Add a button
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface OneProps<T extends object> {
  form: FormState<T>;
  path: string;
  button: TemplateButton;
  number: number;
}

function OneButton<T extends object>({ form, path, button, number }: OneProps<T>) {
  const { type, target } = button;
  return (
    <>
      <SelectField form={form} path={`${path}.type`} label={`Button ${number}`} choices={buttonTypes} />
      {type !== "COPY_CODE" && (
        <TextField form={form} path={`${path}.text`} label={`Its text (${number})`} maxLength={25} />
      )}
      {type !== "QUICK_REPLY" && (
        <TextField
          form={form}
          path={`${path}.target`}
          label={`${targets[type]} (${number})`}
          maxLength={type === "COPY_CODE" ? 15 : 2000}
        />
      )}
      {type === "URL" && variablesOf(target).length > 0 && (
        <TextField
          form={form}
          path={`${path}.example`}
          label={`Example of its end (${number})`}
          maxLength={2000}
        />
      )}
    </>
  );
}
