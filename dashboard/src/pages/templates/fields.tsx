import {
  type HeaderFormat,
  isFile,
  noCard,
  type TemplateCard,
  type TemplateParts,
} from "@/lib/template_parts";
import { variablesOf } from "@/lib/template_text";
import { Button, IconButton } from "@/ui/button";
import { type FormState, SelectField, TextArea, TextField } from "@/ui/form";
import { ButtonsField } from "./buttons_field";
import "./fields.css";

const headerFormats: { value: HeaderFormat; text: string }[] = [
  { value: "", text: "None" },
  { value: "TEXT", text: "A text" },
  { value: "IMAGE", text: "A picture" },
  { value: "VIDEO", text: "A video" },
  { value: "DOCUMENT", text: "A document" },
  { value: "LOCATION", text: "A place" },
];
const cardFormats = headerFormats.filter(({ value }) => value === "IMAGE" || value === "VIDEO");
const cardsAtMost = 10;

interface Props<T extends object> {
  form: FormState<T & { parts: TemplateParts }>;
}

export function PartsFields<T extends object>({ form }: Props<T>) {
  const { parts } = form.values;
  const isCarousel = parts.cards.length > 0;
  return (
    <>
      {!isCarousel && <Header form={form} />}
      <TextArea
        form={form}
        path="parts.body"
        label="Text"
        hint="With {{1}}, {{2}} where something is filled in when it is sent."
      />
      <Examples form={form} at="parts" header={isCarousel ? "" : headerText(parts)} body={parts.body} />
      {!isCarousel && (
        <>
          <TextField form={form} path="parts.footer" label="Footer" optional maxLength={60} />
          <ButtonsField form={form} at="parts" />
        </>
      )}
      <Cards form={form} />
    </>
  );
}

function headerText({ format, header }: TemplateParts): string {
  return format === "TEXT" ? header : "";
}

function Header<T extends object>({ form }: Props<T>) {
  const { format } = form.values.parts;
  return (
    <div class="form-columns">
      <SelectField form={form} path="parts.format" label="Above the text" choices={headerFormats} />
      {format === "TEXT" && <TextField form={form} path="parts.header" label="Header" maxLength={60} />}
      {isFile(format) && <ExampleFile form={form} path="parts.file" label="Example of the file" />}
    </div>
  );
}

function ExampleFile<T extends object>(props: { form: FormState<T>; path: string; label: string }) {
  return (
    <TextField
      {...props}
      mono
      maxLength={2000}
      hint="The handle of an upload at Meta, which the review asks for."
    />
  );
}

interface ExamplesProps<T extends object> {
  form: FormState<T>;
  at: string; // the path of what has the texts
  header: string;
  body: string;
}

// WhatsApp wants to see one value for each variable.
function Examples<T extends object>({ form, at, header, body }: ExamplesProps<T>) {
  const wanted = [
    ...variablesOf(header).map((name) => ({ name, part: "header" })),
    ...variablesOf(body).map((name) => ({ name, part: "body" })),
  ];
  if (wanted.length === 0) return null;
  const examples = (form.read(`${at}.examples`) ?? {}) as Record<string, string>;
  const write = (key: string, value: string) => form.write(`${at}.examples`, { ...examples, [key]: value });
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
            value={examples[`${part}.${name}`] ?? ""}
            onInput={(event) => write(`${part}.${name}`, event.currentTarget.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

// WhatsApp wants all cards to be alike: a new one begins as the one before.
function next(cards: readonly TemplateCard[]): TemplateCard {
  const before = cards.at(-1) ?? noCard;
  const buttons = before.buttons.map(({ type }) => ({ type, text: "", target: "", example: "" }));
  return { ...noCard, format: before.format, buttons };
}

function Cards<T extends object>({ form }: Props<T>) {
  const { cards } = form.values.parts;
  const write = (all: TemplateCard[]) => form.write("parts.cards", all);
  return (
    <fieldset class="template-set">
      <legend>Cards</legend>
      {cards.length === 0 && (
        <p class="muted small">
          Up to ten pictures or videos side by side, each with its text and buttons, in place of header,
          footer and buttons.
        </p>
      )}
      {cards.map((card, index) => (
        <fieldset key={index} class="template-card">
          <legend>Card {index + 1}</legend>
          <IconButton
            icon="close"
            label={`Remove card ${index + 1}`}
            onClick={() => write(cards.filter((_, other) => other !== index))}
          />
          <div class="form-columns">
            <SelectField
              form={form}
              path={`parts.cards.${index}.format`}
              label="Above the text"
              choices={cardFormats}
            />
            <ExampleFile form={form} path={`parts.cards.${index}.file`} label="Example of the file" />
          </div>
          <TextArea form={form} path={`parts.cards.${index}.body`} label="Text of the card" rows={2} />
          <Examples form={form} at={`parts.cards.${index}`} header="" body={card.body} />
          <ButtonsField form={form} at={`parts.cards.${index}`} atMost={2} />
        </fieldset>
      ))}
      {cards.length < cardsAtMost && (
        <div>
          <Button small icon="plus" onClick={() => write([...cards, next(cards)])}>
            Add a card
          </Button>
        </div>
      )}
    </fieldset>
  );
}
