import { useMemo } from "preact/hooks";
import { pretty, tokens } from "@/lib/json_tokens";
import { CopyButton } from "./copy";
import "./json.css";

const shownAtMost = 64 * 1024; // characters; the rest is copied, not shown

// A body as it is posted or stored: JSON in colours, anything else as it stands.
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = useMemo(() => pretty(value), [value]);
  const shown = text.length > shownAtMost ? text.slice(0, shownAtMost) : text;
  return (
    <div class="json">
      <div class="json-copy">
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="json-text" tabIndex={0} aria-label={label}>
        <pre>
          {tokens(shown).map((token, index) =>
            token.kind === "plain" ? (
              token.text
            ) : (
              <span key={index} class={`json-${token.kind}`}>
                {token.text}
              </span>
            ),
          )}
          {shown !== text && `\n... ${text.length - shown.length} characters more`}
        </pre>
      </section>
    </div>
  );
}
