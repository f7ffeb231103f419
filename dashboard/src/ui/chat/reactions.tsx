import type { ShownMessage } from "@/lib/shown_message";
import "./reactions.css";

// Who reacted, in one pill: each emoji once, and how many there are when there are several.
export function Reactions({ reactions }: { reactions: ShownMessage["reactions"] }) {
  const emojis = [...new Set(reactions.map((reaction) => reaction.emoji))].slice(0, 4);
  const text = reactions.map(({ from, emoji, mine }) => `${mine ? "You" : from} ${emoji}`).join(", ");
  return (
    <p class="reactions" title={text}>
      <span aria-hidden="true">
        {emojis.join("")}
        {reactions.length > 1 && <span class="reactions-count"> {reactions.length}</span>}
      </span>
      <span class="visually-hidden">Reactions: {text}</span>
    </p>
  );
}
