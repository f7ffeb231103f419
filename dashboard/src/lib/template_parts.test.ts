import { expect, test } from "vitest";
import {
  codeComponentsOf,
  componentsOf,
  noButton,
  noCard,
  noParts,
  pieces,
  previewOf,
} from "./template_parts";

test("a body alone", () => {
  expect(componentsOf({ ...noParts, body: "Hello" })).toEqual([{ type: "BODY", text: "Hello" }]);
});

test("all parts, with examples of numbered variables", () => {
  expect(
    componentsOf({
      ...noParts,
      format: "TEXT",
      header: "Order {{1}}",
      body: "{{1}}, it comes {{2}}",
      footer: "The bakery",
      examples: { "header.1": "42", "body.1": "Ana", "body.2": "today" },
      buttons: [
        { ...noButton, text: "Fine", target: "ignored" },
        { type: "URL", text: "Track", target: "https://example.com/{{1}}", example: "42" },
        { ...noButton, type: "PHONE_NUMBER", text: "Call", target: "+15550100" },
        { ...noButton, type: "COPY_CODE", text: "ignored", target: "TWENTY" },
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
        { type: "URL", text: "Track", url: "https://example.com/{{1}}", example: ["42"] },
        { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550100" },
        { type: "COPY_CODE", example: "TWENTY" },
      ],
    },
  ]);
});

test("variables with names have examples with names", () => {
  expect(componentsOf({ ...noParts, body: "Hi {{name}}", examples: { "body.name": "Ana" } })).toEqual([
    {
      type: "BODY",
      text: "Hi {{name}}",
      example: { body_text_named_params: [{ param_name: "name", example: "Ana" }] },
    },
  ]);
});

test("a header may be a file or a place", () => {
  const header = (given: object) => componentsOf({ ...noParts, body: "Hi", header: "ignored", ...given })[0];
  expect(header({ format: "IMAGE", file: " 4::aW " })).toEqual({
    type: "HEADER",
    format: "IMAGE",
    example: { header_handle: ["4::aW"] },
  });
  expect(header({ format: "VIDEO", file: "" })).toEqual({ type: "HEADER", format: "VIDEO" });
  expect(header({ format: "LOCATION", file: "ignored" })).toEqual({ type: "HEADER", format: "LOCATION" });
  expect(header({ format: "" })).toEqual({ type: "BODY", text: "Hi" });
});

test("cards stand in place of header, footer and buttons", () => {
  const card = { ...noCard, file: "4::a", body: "Only {{1}}", examples: { "body.1": "9.99" } };
  const parts = {
    ...noParts,
    format: "TEXT" as const,
    header: "H",
    body: "Look",
    footer: "F",
    cards: [card],
  };
  expect(componentsOf(parts)).toEqual([
    { type: "BODY", text: "Look" },
    {
      type: "CAROUSEL",
      cards: [
        {
          components: [
            { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::a"] } },
            { type: "BODY", text: "Only {{1}}", example: { body_text: [["9.99"]] } },
            { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "" }] },
          ],
        },
      ],
    },
  ]);
});

test("of one-time codes WhatsApp writes the texts", () => {
  expect(codeComponentsOf({ warns: true, minutes: 10, button: "" })).toEqual([
    { type: "BODY", add_security_recommendation: true },
    { type: "FOOTER", code_expiration_minutes: 10 },
    { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] },
  ]);
  expect(codeComponentsOf({ warns: false, minutes: undefined, button: "Copy" })).toEqual([
    { type: "BODY", add_security_recommendation: false },
    { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE", text: "Copy" }] },
  ]);
});

test("a preview is of what is known of the components", () => {
  expect(
    previewOf([
      { type: "header", format: "image" },
      { type: "BODY", text: "Hi" },
      { type: "BUTTONS", buttons: [{ text: "Yes" }, null] },
      { type: "NEW_THING" },
      { type: "CAROUSEL", cards: [{ components: [{ type: "BODY", text: "One" }] }, {}] },
    ]),
  ).toEqual({
    header: { format: "IMAGE", text: "" },
    body: "Hi",
    buttons: ["Yes"],
    cards: [
      { body: "One", buttons: [], cards: [] },
      { body: "", buttons: [], cards: [] },
    ],
  });
  expect(previewOf("nonsense")).toEqual({ body: "", buttons: [], cards: [] });
});

test("a text falls into what is written and its variables", () => {
  expect(pieces("Hi {{1}}!")).toEqual([
    { text: "Hi ", variable: false },
    { text: "{{1}}", variable: true },
    { text: "!", variable: false },
  ]);
});
