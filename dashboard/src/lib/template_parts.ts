// Templates in Meta's form: their components made of what a form has, and read for a preview.
import { variablesOf } from "./template_text";

export type ButtonType = "QUICK_REPLY" | "URL" | "PHONE_NUMBER" | "COPY_CODE";
export type HeaderFormat = "" | "TEXT" | "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION";

export interface TemplateButton {
  type: ButtonType;
  text: string;
  target: string; // address, number, or an example of the code
  example: string; // of the variable that an address ends with
}

// What a message and a card of a carousel have in common.
interface Common {
  format: HeaderFormat;
  file: string; // Meta's handle of an example, where the header is a file
  body: string;
  examples: Record<string, string>; // by part and variable: "body.1"
  buttons: TemplateButton[];
}

export type TemplateCard = Common;

export interface TemplateParts extends Common {
  header: string; // where its format is TEXT
  footer: string;
  cards: TemplateCard[]; // a carousel below the text, in place of header, footer and buttons
}

// Of one-time codes, whose texts are WhatsApp's own.
export interface CodeParts {
  warns: boolean; // that the code should be shared with nobody
  minutes: number | undefined; // how long the code is good
  button: string; // empty: in the reader's language
}

export const noButton: TemplateButton = { type: "QUICK_REPLY", text: "", target: "", example: "" };
export const noCard: TemplateCard = {
  format: "IMAGE",
  file: "",
  body: "",
  examples: {},
  buttons: [noButton],
};
export const noParts: TemplateParts = {
  ...noCard,
  format: "",
  buttons: [],
  header: "",
  footer: "",
  cards: [],
};

export function isFile(format: HeaderFormat): boolean {
  return ["IMAGE", "VIDEO", "DOCUMENT"].includes(format);
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

function headerOf({ format, file, examples }: Common, text: string): object[] {
  if (format === "") return [];
  const header = { type: "HEADER", format };
  if (format === "TEXT")
    return text.trim() ? [{ ...header, text, ...exampleOf("header", text, examples) }] : [];
  return [{ ...header, ...(isFile(format) && file.trim() && { example: { header_handle: [file.trim()] } }) }];
}

function bodyOf({ body, examples }: Common): object {
  return { type: "BODY", text: body, ...exampleOf("body", body, examples) };
}

function buttonOf({ type, text, target, example }: TemplateButton): object {
  switch (type) {
    case "QUICK_REPLY":
      return { type, text };
    case "URL":
      return { type, text, url: target, ...(variablesOf(target).length > 0 && { example: [example] }) };
    case "PHONE_NUMBER":
      return { type, text, phone_number: target };
    case "COPY_CODE":
      return { type, example: target }; // its text is WhatsApp's own
  }
}

function buttonsOf({ buttons }: Common): object[] {
  return buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttons.map(buttonOf) }] : [];
}

export function componentsOf(parts: TemplateParts): object[] {
  if (parts.cards.length > 0) {
    const cards = parts.cards.map((card) => ({
      components: [...headerOf(card, ""), bodyOf(card), ...buttonsOf(card)],
    }));
    return [bodyOf(parts), { type: "CAROUSEL", cards }];
  }
  return [
    ...headerOf(parts, parts.header),
    bodyOf(parts),
    ...(parts.footer.trim() ? [{ type: "FOOTER", text: parts.footer }] : []),
    ...buttonsOf(parts),
  ];
}

export function codeComponentsOf({ warns, minutes, button }: CodeParts): object[] {
  return [
    { type: "BODY", add_security_recommendation: warns },
    ...(minutes === undefined ? [] : [{ type: "FOOTER", code_expiration_minutes: minutes }]),
    {
      type: "BUTTONS",
      buttons: [{ type: "OTP", otp_type: "COPY_CODE", ...(button.trim() && { text: button }) }],
    },
  ];
}

export interface Preview {
  header?: { format: string; text: string };
  body: string;
  footer?: string;
  buttons: string[];
  cards: Preview[];
}

type Loose = Record<string, unknown>;

function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

// What WhatsApp writes on buttons that have no text of their own.
const ownTexts: Record<string, string> = { COPY_CODE: "Copy the code", OTP: "Copy the code" };

// Whatever the network has: what is not known is left out.
export function previewOf(components: unknown): Preview {
  const preview: Preview = { body: "", buttons: [], cards: [] };
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
        preview.buttons = listOf(component.buttons).map(
          (button) => textOf(button.text) || (ownTexts[textOf(button.type)] ?? ""),
        );
        break;
      case "CAROUSEL":
        preview.cards = listOf(component.cards).map((card) => previewOf(card.components));
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
