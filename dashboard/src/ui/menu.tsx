// A button that opens a list of things to do or choose.
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons";
import "./menu.css";

const gap = 4; // pixels

export interface MenuItem {
  text: string;
  icon?: IconName;
  danger?: boolean;
  checked?: boolean; // of a choice: the one that holds
  run: () => void;
}

// In the browser's top layer, where no box that scrolls cuts it off: below the button, or above it where
// there is more room.
function place(list: HTMLElement | null, button: HTMLElement | null, align: "left" | "right"): void {
  if (!list || !button) return;
  if (!list.matches(":popover-open")) list.showPopover();
  const room = document.documentElement;
  const at = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const isBelow = at.bottom + gap + height <= room.clientHeight || at.top < room.clientHeight - at.bottom;
  const top = isBelow ? at.bottom + gap : at.top - gap - height;
  const left = align === "left" ? at.left : at.right - width;
  list.style.minWidth = `${Math.round(at.width)}px`;
  list.style.top = `${Math.round(Math.max(gap, top))}px`;
  list.style.left = `${Math.round(Math.max(gap, Math.min(left, room.clientWidth - width - gap)))}px`;
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
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    if (!open) return;
    place(list.current, button.current, align);
    root.current?.querySelector<HTMLElement>("[aria-checked=true], [role^=menuitem]")?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    // It goes along with its button.
    const follow = (event: Event) => {
      if (!list.current?.contains(event.target as Node)) place(list.current, button.current, align);
    };
    addEventListener("scroll", follow, true);
    return () => {
      document.removeEventListener("pointerdown", outside);
      removeEventListener("scroll", follow, true);
    };
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
          ref={list}
          popover="manual"
          class="menu-list"
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
