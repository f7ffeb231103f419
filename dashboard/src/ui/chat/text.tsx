import type { ComponentChildren } from "preact";

// Web addresses in it can be followed; nothing else in it means anything.
const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/g;

export function Text({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const found of text.matchAll(address)) {
    parts.push(text.slice(end, found.index));
    parts.push(
      <a href={found[0]} target="_blank" rel="noopener noreferrer nofollow">
        {found[0]}
      </a>,
    );
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return <p class="content-text">{parts}</p>;
}
