import { expect, test } from "vitest";
import { componentsOf, pieces, previewOf } from "./template_parts";

const none = { header: "", footer: "", examples: {}, buttons: [] };

test("a body alone", () => {
  expect(componentsOf({ ...none, body: "Hello" })).toEqual([{ type: "BODY", text: "Hello" }]);
});

test("all parts, with examples of numbered variables", () => {
  expect(
    componentsOf({
      header: "Order {{1}}",
      body: "{{1}}, it comes {{2}}",
      footer: "The bakery",
      examples: { "header.1": "42", "body.1": "Ana", "body.2": "today" },
      buttons: [
        { type: "QUICK_REPLY", text: "Fine", target: "ignored" },
        { type: "URL", text: "Track", target: "https://example.com" },
        { type: "PHONE_NUMBER", text: "Call", target: "+15550100" },
      ],
    }),
  ).toEqual([
    { type: "HEADER", format: "TEXT", text: "Order {{1}}", example: { header_text: ["42"] } },
    { type: "BODY", text: "{{1}}, it comes {{2}}", example: { body_text: [["Ana", "today"]] } },
    { type: "FOOTER", text: "The bakery" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Fine" },
        { type: "URL", text: "Track", url: "https://example.com" },
        { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550100" },
      ],
    },
  ]);
});

test("variables with names have examples with names", () => {
  expect(componentsOf({ ...none, body: "Hi {{name}}", examples: { "body.name": "Ana" } })).toEqual([
    {
      type: "BODY",
      text: "Hi {{name}}",
      example: { body_text_named_params: [{ param_name: "name", example: "Ana" }] },
    },
  ]);
});

test("a preview is of what is known of the components", () => {
  expect(
    previewOf([
      { type: "header", format: "image" },
      { type: "BODY", text: "Hi" },
      { type: "BUTTONS", buttons: [{ text: "Yes" }, null] },
      { type: "NEW_THING" },
      { type: "CAROUSEL", cards: [{}, {}] },
    ]),
  ).toEqual({ header: { format: "IMAGE", text: "" }, body: "Hi", buttons: ["Yes"], cards: 2 });
  expect(previewOf("nonsense")).toEqual({ body: "", buttons: [], cards: 0 });
});

test("a text falls into what is written and its variables", () => {
  expect(pieces("Hi {{1}}!")).toEqual([
    { text: "Hi ", variable: false },
    { text: "{{1}}", variable: true },
    { text: "!", variable: false },
  ]);
});
