// A poll with its results. Who may vote chooses here; else it is only shown.

import { plural } from "@/lib/names";
import type { ShownPoll } from "@/lib/shown_message";
import "./poll.css";

interface PollProps {
  id: string;
  poll: ShownPoll;
  onVote: ((options: string[]) => void) | undefined;
}

export function Poll({ id, poll, onVote }: PollProps) {
  const most = Math.max(1, ...poll.options.map((option) => option.voters.length));
  const choose = (text: string, chosen: boolean) => {
    const others = poll.multiple ? poll.options.filter((one) => one.chosen && one.text !== text) : [];
    onVote?.([...others.map((one) => one.text), ...(chosen ? [text] : [])]);
  };
  return (
    <fieldset class="poll">
      <legend class="poll-hint">{poll.multiple ? "Choose one or more" : "Choose one"}</legend>
      {poll.options.map((option) => (
        <label key={option.text} class="poll-option" title={option.voters.join(", ")}>
          {onVote && (
            <input
              type="checkbox"
              class={poll.multiple ? "" : "poll-one"}
              name={`poll ${id}`}
              checked={option.chosen}
              onChange={(event) => choose(option.text, event.currentTarget.checked)}
            />
          )}
          <span class="poll-text">
            <span>{option.text}</span>
            <span class="poll-count">
              {option.voters.length}
              <span class="visually-hidden"> {option.voters.length === 1 ? "vote" : "votes"}</span>
            </span>
            <progress max={most} value={option.voters.length} aria-hidden="true" />
          </span>
        </label>
      ))}
      <p class="poll-hint">
        {plural(new Set(poll.options.flatMap((option) => option.voters)).size, "person has", "people have")}{" "}
        voted
      </p>
    </fieldset>
  );
}
