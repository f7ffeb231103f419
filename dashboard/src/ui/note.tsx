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
  what: string; // what could not be read, with its article: "the channels"
  again?: () => void;
}

function textOf(error: ApiError, what: string): string {
  const begin = what.charAt(0).toUpperCase() + what.slice(1);
  if (error.notFound)
    return `${begin} could not be found. It is gone, or this server is older than this page.`;
  if (error.unreachable)
    return `${begin} could not be read: the server does not answer. This page tries again.`;
  return `${begin} could not be read: ${error.message}`;
}

export function ErrorNote({ error, what, again }: ErrorNoteProps) {
  return (
    <Note tone={error.notFound ? "plain" : "bad"}>
      <p>{textOf(error, what)}</p>
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
