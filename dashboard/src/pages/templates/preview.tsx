import { plural, words } from "@/lib/names";
import { pieces, previewOf } from "@/lib/template_parts";
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
  const { header, body, footer, buttons, cards } = previewOf(components);
  return (
    <section class="template-preview" aria-label="Preview">
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
        {cards > 0 && <p class="template-media">{plural(cards, "card")}</p>}
      </div>
      {buttons.length > 0 && (
        <ul class="template-buttons">
          {buttons.map((text, index) => (
            <li key={index}>{text || "Button"}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
