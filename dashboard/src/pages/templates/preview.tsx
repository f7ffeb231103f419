import { plural, words } from "@/lib/names";
import { type Preview, pieces, previewOf } from "@/lib/template_parts";
import "./preview.css";

function Text({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece, index) =>
        piece.variable ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
      )}
    </>
  );
}

// As it comes in on a phone, with its variables marked.
export function TemplatePreview({ components }: { components: unknown }) {
  const preview = previewOf(components);
  return (
    <section class="template-preview" aria-label="Preview">
      <Shown preview={preview} />
      {preview.cards.length > 0 && (
        <ul class="template-cards" aria-label={plural(preview.cards.length, "card")}>
          {preview.cards.map((card, index) => (
            <li key={index}>
              <Shown preview={card} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Shown({ preview: { header, body, footer, buttons } }: { preview: Preview }) {
  return (
    <>
      <div class="template-bubble">
        {header &&
          (header.format === "TEXT" ? (
            <p class="template-header">
              <Text text={header.text} />
            </p>
          ) : (
            <p class="template-media">{words(header.format.toLowerCase())}</p>
          ))}
        <p class="template-body">{body ? <Text text={body} /> : <span class="muted">The text</span>}</p>
        {footer && <p class="muted small">{footer}</p>}
      </div>
      {buttons.length > 0 && (
        <ul class="template-buttons">
          {buttons.map((text, index) => (
            <li key={index}>{text || "Button"}</li>
          ))}
        </ul>
      )}
    </>
  );
}
