import type { ComponentChildren } from "preact";
import { stateOf, type Tone } from "@/lib/names";
import "./badge.css";

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}

// How something is: a dot and a word.
export function State({ text, tone, title }: { text: string; tone: Tone; title?: string }) {
  return (
    <span class={`state state-${tone}`} title={title}>
      <span class="state-dot" aria-hidden="true" />
      {text}
    </span>
  );
}

// A channel's state, by its name in the API.
export function StateBadge({ state }: { state: string }) {
  return <State {...stateOf(state)} />;
}
