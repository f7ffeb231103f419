import { useEffect, useRef, useState } from "preact/hooks";
import { tellFailure } from "@/state/toasts";
import { IconButton } from "./button";
import "./copy.css";

// The clipboard's own interface is there over https and on localhost only; the old way works everywhere.
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("The browser does not allow it.");
}

export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    try {
      await copyText(text);
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), 1500);
    } catch (error) {
      tellFailure("Nothing was copied", error);
    }
  };
  return (
    <>
      <IconButton
        icon={copied ? "check" : "copy"}
        label={label}
        onClick={copy}
        class={copied ? "copied" : ""}
      />
      <span class="visually-hidden" role="status">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}

// A value that people take elsewhere, with its button. `short` is what is shown of it.
export function Copyable({ text, short, label }: { text: string; short?: string; label?: string }) {
  return (
    <span class="copyable">
      <code class="truncate" title={text}>
        {short ?? text}
      </code>
      <CopyButton text={text} label={label ?? "Copy"} />
    </span>
  );
}
