// The head of the page on a phone: the navigation is behind its button.
import { useEffect, useRef, useState } from "preact/hooks";
import { place, to } from "@/router";
import { IconButton } from "@/ui/button";
import { Logo } from "@/ui/logo";
import { ConnectionDot } from "./connection";
import { Sidebar } from "./sidebar";

export function TopBar() {
  const [open, setOpen] = useState(false);
  const path = place.value.path;
  useEffect(() => setOpen(false), [path]);
  return (
    <>
      <header class="topbar">
        <IconButton icon="menu" label="Menu" aria-expanded={open} onClick={() => setOpen(true)} />
        <a href={to("/")} class="brand">
          <Logo />
          <span>Parley</span>
        </a>
        <ConnectionDot />
      </header>
      {open && <Drawer onClose={() => setOpen(false)} />}
    </>
  );
}

function Drawer({ onClose }: { onClose: () => void }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class="drawer"
      aria-label="Menu"
      onCancel={onClose}
      onMouseDown={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div class="sidebar drawer-body">
        <Sidebar />
      </div>
    </dialog>
  );
}
