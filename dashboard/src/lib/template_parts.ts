// Templates in Meta's form: their components made of what a form has, and read for a preview.
import { variablesOf } from "./template_text";

export interface TemplateButton {
  type: "QUICK_REPLY" | "URL" | "PHONE_NUMBER";
  text: string;
  target: string; // address or number
}

export interface TemplateParts {
  header: string;
  body: string;
  footer: string;
  examples: Record<string, string>; // by part and variable: "body.1"
  buttons: TemplateButton[];
}

function exampleOf(part: "header" | "body", text: string, examples: Record<string, string>): object {
  const names = variablesOf(text);
  if (names.length === 0) return {};
  const value = (name: string) => examples[`${part}.${name}`] ?? "";
  const isNamed = names.some((name) => !/^\d+$/.test(name));
  if (isNamed) {
    const list = names.map((name) => ({ param_name: name, example: value(name) }));
    return { example: { [`${part}_text_named_params`]: list } };
  }
  const list = names.map(value);
  return { example: { [`${part}_text`]: part === "body" ? [list] : list } };
}

const targets = { QUICK_REPLY: undefined, URL: "url", PHONE_NUMBER: "phone_number" } as const;

export function componentsOf({ header, body, footer, examples, buttons }: TemplateParts): object[] {
  return [
    ...(header.trim()
      ? [{ type: "HEADER", format: "TEXT", text: header, ...exampleOf("header", header, examples) }]
      : []),
    { type: "BODY", text: body, ...exampleOf("body", body, examples) },
    ...(footer.trim() ? [{ type: "FOOTER", text: footer }] : []),
    ...(buttons.length > 0
      ? [
          {
            type: "BUTTONS",
            buttons: buttons.map(({ type, text, target }) => {
              const member = targets[type];
              return { type, text, ...(member && { [member]: target }) };
            }),
          },
        ]
      : []),
  ];
}

export interface Preview {
  header?: { format: string; text: string };
  body: string;
  footer?: string;
  buttons: string[];
  cards: number;
}

type Loose = Record<string, unknown>;

function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

// Whatever the network has: what is not known is left out.
export function previewOf(components: unknown): Preview {
  const preview: Preview = { body: "", buttons: [], cards: 0 };
  for (const component of listOf(components)) {
    const text = textOf(component.text);
    switch (textOf(component.type).toUpperCase()) {
      case "HEADER":
        preview.header = { format: textOf(component.format).toUpperCase() || "TEXT", text };
        break;
      case "BODY":
        preview.body = text;
        break;
      case "FOOTER":
        preview.footer = text;
        break;
      case "BUTTONS":
        preview.buttons = listOf(component.buttons).map((button) => textOf(button.text));
        break;
      case "CAROUSEL":
        preview.cards = listOf(component.cards).length;
        break;
    }
  }
  return preview;
}

// The text in pieces: what is written, and the variables in it.
export function pieces(text: string): { text: string; variable: boolean }[] {
  return text
    .split(/(\{\{\s*[A-Za-z0-9_]+\s*\}\})/)
    .map((piece, index) => ({ text: piece, variable: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
