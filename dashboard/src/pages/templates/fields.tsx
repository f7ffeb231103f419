import type { TemplateButton, TemplateParts } from "@/lib/template_parts";
import { variablesOf } from "@/lib/template_text";
import { Button, IconButton } from "@/ui/button";
import { type FormState, SelectField, TextArea, TextField } from "@/ui/form";
import "./fields.css";

const buttonTypes = [
  { value: "QUICK_REPLY", text: "Answers" },
  { value: "URL", text: "Opens a page" },
  { value: "PHONE_NUMBER", text: "Calls a number" },
];
const buttonsAtMost = 10;

interface Props<T extends object> {
  form: FormState<T & { parts: TemplateParts }>;
}

export function PartsFields<T extends object>({ form }: Props<T>) {
  return (
    <>
      <TextField form={form} path="parts.header" label="Header" optional maxLength={60} />
      <TextArea
        form={form}
        path="parts.body"
        label="Text"
        hint="With {{1}}, {{2}} where something is filled in when it is sent."
      />
      <Examples form={form} />
      <TextField form={form} path="parts.footer" label="Footer" optional maxLength={60} />
      <Buttons form={form} />
    </>
  );
}

// WhatsApp wants to see one value for each variable.
function Examples<T extends object>({ form }: Props<T>) {
  const { header, body } = form.values.parts;
  const wanted = [
    ...variablesOf(header).map((name) => ({ name, part: "header" })),
    ...variablesOf(body).map((name) => ({ name, part: "body" })),
  ];
  if (wanted.length === 0) return null;
  const write = (key: string, value: string) =>
    form.write("parts.examples", { ...form.values.parts.examples, [key]: value });
  return (
    <fieldset class="template-set">
      <legend>An example of each variable, for the review</legend>
      {wanted.map(({ name, part }) => (
        <label key={`${part}.${name}`} class="template-example">
          <code>{`{{${name}}}`}</code>
          <span class="visually-hidden">of the {part === "body" ? "text" : "header"}</span>
          <input
            class="input"
            autocomplete="off"
            value={form.values.parts.examples[`${part}.${name}`] ?? ""}
            onInput={(event) => write(`${part}.${name}`, event.currentTarget.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

function Buttons<T extends object>({ form }: Props<T>) {
  const { buttons } = form.values.parts;
  const write = (next: TemplateButton[]) => form.write("parts.buttons", next);
  return (
    <fieldset class="template-set">
      <legend>Buttons</legend>
      {buttons.map((button, index) => {
        const number = index + 1;
        return (
          <div key={index} class="template-button">
            <SelectField
              form={form}
              path={`parts.buttons.${index}.type`}
              label={`Button ${number}`}
              choices={buttonTypes}
            />
            <TextField
              form={form}
              path={`parts.buttons.${index}.text`}
              label={`Its text (${number})`}
              maxLength={25}
            />
            {button.type !== "QUICK_REPLY" && (
              <TextField
                form={form}
                path={`parts.buttons.${index}.target`}
                label={button.type === "URL" ? `Page (${number})` : `Number (${number})`}
                maxLength={2000}
              />
            )}
            <IconButton
              icon="close"
              label={`Remove button ${number}`}
              onClick={() => write(buttons.filter((_, other) => other !== index))}
            />
          </div>
        );
      })}
      {buttons.length < buttonsAtMost && (
        <div>
          <Button
            small
            icon="plus"
            onClick={() => write([...buttons, { type: "QUICK_REPLY", text: "", target: "" }])}
          >
            Add a button
          </Button>
        </div>
      )}
    </fieldset>
  );
}
