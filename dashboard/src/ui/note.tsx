import type { ComponentChildren } from "preact";
import type { ApiError } from "@/api/client";
import type { Tone } from "@/lib/names";
import { Button } from "./button";
import { Icon, type IconName } from "./icons";
import "./note.css";

const icons: Record<Tone, IconName> = {
  ok: "done",
  warn: "warning",
  bad: "error",
  info: "info",
  plain: "info",
};

export function Note({ tone = "info", children }: { tone?: Tone; children: ComponentChildren }) {
  return (
    <div class={`note note-${tone}`}>
      <Icon name={icons[tone]} />
      <div>{children}</div>
    </div>
  );
}

interface ErrorNoteProps {
  error: ApiError;
  // What could not be read, with its article: "the channels". Some servers are older than the page.
  what: string;
  again?: () => void;
}

export function ErrorNote({ error, what, again }: ErrorNoteProps) {
  const text = error.notFound
    ? `This server has no such thing: ${what} could not be found.`
    : error.unreachable
      ? `The server does not answer, so ${what} could not be read. This page goes on by itself once it does.`
      : `${what.charAt(0).toUpperCase()}${what.slice(1)} could not be read: ${error.message}`;
  return (
    <Note tone={error.notFound ? "plain" : "bad"}>
      <p>{text}</p>
      {error.faults.map((fault) => (
        <p key={fault.path}>
          <code>{fault.path}</code>: {fault.text}
        </p>
      ))}
      {again && !error.notFound && (
        <Button small onClick={again} icon="refresh">
          Try again
        </Button>
      )}
    </Note>
  );
}
