// Asking before what cannot be taken back:
//
//   if (await confirm({ title: "Delete Shop?", text: "...", action: "Delete" })) ...
//
// With `typed`, the word has to be typed first: for what destroys what others rely on.
import { signal } from "@preact/signals";
import { useId, useState } from "preact/hooks";
import { Button } from "./button";
import { Dialog } from "./dialog";

export interface Question {
  title: string;
  text: string;
  action: string;
  typed?: string;
}

const asked = signal<(Question & { answer: (yes: boolean) => void }) | undefined>(undefined);

export function confirm(question: Question): Promise<boolean> {
  asked.value?.answer(false);
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = undefined;
        resolve(yes);
      },
    };
  });
}

// Stands once in the frame.
export function ConfirmHost() {
  const question = asked.value;
  return question ? <Ask key={question.title} {...question} /> : null;
}

function Ask({ title, text, action, typed, answer }: Question & { answer: (yes: boolean) => void }) {
  const [word, setWord] = useState("");
  const id = useId();
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <p>{text}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!typed || word === typed) answer(true);
        }}
      >
        {typed && (
          <div class="field">
            <label for={id}>
              Type <code>{typed}</code> to go on
            </label>
            <input
              id={id}
              class="input"
              autocomplete="off"
              value={word}
              onInput={(event) => setWord(event.currentTarget.value)}
            />
          </div>
        )}
        <div class="form-actions">
          <Button kind="quiet" onClick={() => answer(false)}>
            Cancel
          </Button>
          <Button kind="danger" type="submit" disabled={typed !== undefined && word !== typed}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
