// Opens "Go to" by its button or by Ctrl+K; its code is fetched when it is first opened.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "@/ui/icons";

const palette = signal<ComponentType<{ onClose: () => void }> | undefined>(undefined);
const isOpen = signal(false);

async function open(): Promise<void> {
  palette.value ??= (await import("./palette")).Palette;
  isOpen.value = true;
}

const isMac = navigator.platform.startsWith("Mac");

export function GoToButton() {
  return (
    <button type="button" class="go-to" onClick={() => void open().catch(() => undefined)}>
      <Icon name="search" />
      <span>Go to</span>
      <kbd>{isMac ? "⌘K" : "Ctrl K"}</kbd>
    </button>
  );
}

// Stands once in the frame.
export function GoToHost() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(isMac ? event.metaKey : event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) void open().catch(() => undefined);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const Palette = palette.value;
  if (!isOpen.value || !Palette) return null;
  return (
    <Palette
      onClose={() => {
        isOpen.value = false;
      }}
    />
  );
}
