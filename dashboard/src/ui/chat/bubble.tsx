// One message: who wrote it, what it answers to, what it says, how far it has come, what others made of it.
import type { ComponentChildren } from "preact";
import { lineOf, type ShownMessage } from "@/lib/shown_message";
import { absoluteTime, minuteTime } from "@/lib/time";
import { Icon } from "@/ui/icons";
import { Menu, type MenuItem } from "@/ui/menu";
import { ContentView } from "./content";
import { Poll } from "./poll";
import { ReactMenu } from "./react_menu";
import { Reactions } from "./reactions";
import { Ticks } from "./ticks";
import "./bubble.css";

export interface BubbleActions {
  menu?: (message: ShownMessage) => MenuItem[];
  react?: (message: ShownMessage, emoji: string) => void;
  vote?: (message: ShownMessage, options: string[]) => Promise<boolean>; // whether it was taken
  choose?: (message: ShownMessage, id: string) => void; // of a list's rows or of buttons
  play?: (message: ShownMessage) => void; // a voice message was begun
  jump?: (id: string) => void; // to what is quoted
}

interface BubbleProps {
  message: ShownMessage;
  startsRun: boolean;
  actions: BubbleActions;
  foot?: ComponentChildren; // below the bubble: that it failed, and trying again
}

export function Bubble({ message, startsRun, actions, foot }: BubbleProps) {
  const { mine, author, sent, quoted } = message;
  const { vote } = actions;
  const items = actions.menu?.(message) ?? [];
  const canReact = actions.react !== undefined && !message.deleted;
  const line = `"${lineOf(message).slice(0, 40)}"`;
  const align = mine ? "right" : "left";
  const side = mine ? "mine" : "theirs";
  return (
    <div class={`bubble-row bubble-row-${side} ${startsRun ? "bubble-starts" : ""}`}>
      <article class={`bubble bubble-${side} ${message.kind === "sticker" ? "bubble-sticker" : ""}`}>
        <span class="visually-hidden">{mine ? "You wrote:" : `${author || "They"} wrote:`}</span>
        {startsRun && author && (
          <p class="bubble-author" aria-hidden="true">
            {author}
          </p>
        )}
        {quoted && !message.deleted && (
          <button type="button" class="bubble-quote" onClick={() => actions.jump?.(quoted.id)}>
            <span class="visually-hidden">In answer to </span>
            <b>{quoted.author}</b>
            <span class="truncate">{lineOf(quoted)}</span>
          </button>
        )}
        {message.deleted ? (
          <p class="bubble-deleted">
            <Icon name="block" size={14} /> This message was deleted.
          </p>
        ) : (
          <>
            <ContentView message={message} actions={actions} />
            {message.poll && (
              <Poll
                id={message.id}
                poll={message.poll}
                onVote={vote && ((options) => vote(message, options))}
              />
            )}
          </>
        )}
        <p class="bubble-foot">
          {message.edited && !message.deleted && <span>Edited</span>}
          <time dateTime={new Date(message.at).toISOString()} title={absoluteTime(new Date(message.at))}>
            {minuteTime(new Date(message.at))}
          </time>
          {sent && <Ticks sent={sent} />}
          {message.isNew && <span class="bubble-new">New</span>}
        </p>
        {message.reactions.length > 0 && <Reactions reactions={message.reactions} />}
      </article>
      {(items.length > 0 || canReact) && (
        <div class="bubble-menu">
          {canReact && (
            <ReactMenu
              label={`React to ${line}`}
              mine={message.reactions.find((reaction) => reaction.mine)?.emoji}
              align={align}
              onReact={(emoji) => actions.react?.(message, emoji)}
            />
          )}
          {items.length > 0 && <Menu label={`More to do with ${line}`} items={items} align={align} />}
        </div>
      )}
      {foot}
    </div>
  );
}
