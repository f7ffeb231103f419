// Lists, buttons and templates: a header, a text, a footer, and what can be chosen. On a phone choosing
// answers; in the inbox it is only shown.
import type { ShownMessage } from "@/lib/shown_message";
import type { BubbleActions } from "./bubble";
import { MediaView } from "./media";
import { Text } from "./text";

interface Parts {
  header?: string;
  header_text?: string;
  body?: string;
  footer?: string;
  button?: string;
  name?: string;
  buttons?: (string | { id: string; title: string })[];
  sections?: { title?: string; rows: { id: string; title: string; description?: string }[] }[];
}

interface Choice {
  id: string;
  title: string;
  about?: string | undefined;
}

function choicesOf({ buttons = [], sections = [] }: Parts): Choice[] {
  return [
    ...buttons.map((button) => (typeof button === "string" ? { id: button, title: button } : button)),
    ...sections.flatMap(({ rows }) =>
      rows.map(({ id, title, description }) => ({ id, title, about: description })),
    ),
  ];
}

export function Choices({ message, actions }: { message: ShownMessage; actions: BubbleActions }) {
  const parts = message.content as Parts;
  const choices = choicesOf(parts);
  const header = parts.header || parts.header_text;
  const body = message.text || parts.body || "";
  const media = message.media && { ...message, kind: mediaKind(message) };
  return (
    <>
      {media?.media && <MediaView message={media} media={media.media} onPlay={() => undefined} />}
      {header && <p class="content-title">{header}</p>}
      {body ? <Text text={body} /> : parts.name && <p class="content-kind">Template {parts.name}</p>}
      {parts.footer && <p class="content-kind">{parts.footer}</p>}
      {choices.length > 0 && (
        <ul class="content-choices" aria-label={parts.button ?? "Buttons"}>
          {choices.map((choice) => (
            <li key={choice.id}>
              <button
                type="button"
                disabled={!actions.choose || message.mine}
                onClick={() => actions.choose?.(message, choice.id)}
              >
                {choice.title}
                {choice.about && <span class="content-kind">{choice.about}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function mediaKind(message: ShownMessage): string {
  return String((message.content as { media_kind?: string }).media_kind ?? "image");
}
