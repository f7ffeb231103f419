// What a message says, by its kind. Kinds that are not here show the text that a person reads of them.
import { kindName, type ShownMessage } from "@/lib/shown_message";
import { Icon } from "@/ui/icons";
import type { BubbleActions } from "./bubble";
import { Choices } from "./choices";
import { MediaView } from "./media";
import { Text } from "./text";
import "./content.css";

interface ViewProps {
  message: ShownMessage;
  actions: BubbleActions;
}

export function ContentView({ message, actions }: ViewProps) {
  const { kind, content, text, media } = message;
  switch (kind) {
    case "text":
      return <Text text={text} />;
    case "poll":
      return <p class="content-title">{text}</p>;
    case "location":
      return <Place content={content} />;
    case "contacts":
      return <Cards content={content} text={text} />;
    case "list":
    case "buttons":
    case "template":
      return <Choices message={message} actions={actions} />;
    case "list_reply":
    case "button_reply":
      return (
        <>
          <p class="content-kind">Chose</p>
          <Text text={text} />
        </>
      );
    default:
      return (
        <>
          {media && <MediaView message={message} media={media} onPlay={() => actions.play?.(message)} />}
          {!media && <p class="content-kind">{kindName(kind)}</p>}
          {text && <Text text={text} />}
          {message.transcription && <Transcription {...message.transcription} />}
        </>
      );
  }
}

function Transcription({ status, text }: NonNullable<ShownMessage["transcription"]>) {
  const what = { pending: "Is being written down", done: "Transcript", failed: "Not written down" }[status];
  return (
    <div class="transcript">
      <p class="content-kind">{what}</p>
      {text && <p>{text}</p>}
    </div>
  );
}

interface Location {
  latitude?: number;
  longitude?: number;
  name?: string;
  address?: string;
}

// No map: it would be somebody else's server. The link opens whatever the reader uses for places.
function Place({ content }: { content: ShownMessage["content"] }) {
  const { latitude = 0, longitude = 0, name, address } = content as Location;
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <div class="content-card">
      <span class="content-icon">
        <Icon name="place" size={20} />
      </span>
      <div>
        {name && <p class="content-title">{name}</p>}
        {address && <p>{address}</p>}
        <a href={`geo:${latitude},${longitude}`} class="mono">
          {where}
        </a>
      </div>
    </div>
  );
}

interface Card {
  formatted_name: string;
  phones?: { phone: string }[];
  emails?: { email: string }[];
  org?: { company?: string };
}

function Cards({ content, text }: { content: ShownMessage["content"]; text: string }) {
  const cards = (content.cards ?? [{ formatted_name: text }]) as Card[];
  return (
    <ul class="content-cards">
      {cards.map((card, index) => (
        <li key={index} class="content-card">
          <span class="content-icon">
            <Icon name="contacts" size={20} />
          </span>
          <div>
            <p class="content-title">{card.formatted_name}</p>
            {card.org?.company && <p>{card.org.company}</p>}
            {[
              ...(card.phones ?? []).map((one) => one.phone),
              ...(card.emails ?? []).map((one) => one.email),
            ].map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
