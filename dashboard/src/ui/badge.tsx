import type { ComponentChildren } from "preact";
import { stateOf, type Tone } from "@/lib/names";
import "./badge.css";

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}

// A channel's state: a dot and its word.
export function StateBadge({ state }: { state: string }) {
  const { text, tone } = stateOf(state);
  return (
    <span class={`state state-${tone}`}>
      <span class="state-dot" aria-hidden="true" />
      {text}
    </span>
  );
}
