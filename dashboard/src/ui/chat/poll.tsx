// A poll with its results. Who may vote chooses here; else it is only shown.

import { plural } from "@/lib/names";
import type { ShownPoll } from "@/lib/shown_message";
import { useWanted } from "@/lib/use_wanted";
import "./poll.css";

interface PollProps {
  id: string;
  poll: ShownPoll;
  onVote: ((options: string[]) => Promise<boolean>) | undefined; // whether the vote was taken
}

export function Poll({ id, poll, onVote }: PollProps) {
  const most = Math.max(1, ...poll.options.map((option) => option.voters.length));
  const own = poll.options.filter((option) => option.chosen).map((option) => option.text);
  const [shown, want] = useWanted(JSON.stringify(own));
  const chosen: string[] = JSON.parse(shown);
  const choose = (text: string, isChosen: boolean) => {
    if (!onVote) return;
    const others = poll.multiple ? chosen.filter((one) => one !== text) : [];
    const next = poll.options
      .map((option) => option.text)
      .filter((one) => others.includes(one) || (isChosen && one === text));
    want(JSON.stringify(next), onVote(next));
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
              checked={chosen.includes(option.text)}
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
