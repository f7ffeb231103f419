import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icons";
import "./empty.css";

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ComponentChildren; // what it is for, and what to do next
  action?: ComponentChildren;
  isPage?: boolean; // there is nothing else: the title is the page's
}

export function Empty({ icon, title, children, action, isPage }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={22} />
      </span>
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children && <p class="muted">{children}</p>}
      {action}
    </div>
  );
}
