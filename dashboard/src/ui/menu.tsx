// A button that opens a list of things to do or choose.
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";
import "./menu.css";

export interface MenuItem {
  text: string;
  icon?: IconName;
  danger?: boolean;
  checked?: boolean; // of a choice: the one that holds
  run: () => void;
}

interface MenuProps {
  label: string; // read out
  text?: string; // shown, beside the arrow; three dots when left out
  icon?: IconName;
  items: readonly MenuItem[];
  align?: "left" | "right";
  class?: string;
}

export function Menu({ label, text, icon, items, align = "right", class: extra = "" }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>("[aria-checked=true], [role^=menuitem]")?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  const onKey = (event: KeyboardEvent) => {
    const entries = [...(root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const index = entries.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: entries.length - 1,
    };
    const step = steps[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") setOpen(false);
    else if (step !== undefined) entries.at(step % entries.length)?.focus();
    if (event.key === "Escape" || step !== undefined) event.preventDefault();
  };

  return (
    <div class={`menu ${extra}`} ref={root}>
      <button
        ref={button}
        type="button"
        class={text ? "menu-button" : "icon-button"}
        aria-label={label}
        title={text ? undefined : label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        {text ? <span class="truncate">{text}</span> : !icon && <Icon name="more" />}
        {text && <Icon name="down" size={14} />}
      </button>
      {open && (
        <div
          id={id}
          class={`menu-list menu-${align}`}
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={onKey}
        >
          {items.map((item) => (
            <button
              key={item.text}
              type="button"
              {...(item.checked === undefined
                ? { role: "menuitem" }
                : { role: "menuitemradio", "aria-checked": item.checked })}
              tabIndex={-1}
              class={`menu-item ${item.danger ? "menu-danger" : ""}`}
              onClick={() => {
                close();
                item.run();
              }}
            >
              {item.icon && <Icon name={item.icon} />}
              <span class="truncate">{item.text}</span>
              {item.checked && <Icon name="check" />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
