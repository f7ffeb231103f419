import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "./icons";
import "./button.css";

type Kind = "primary" | "secondary" | "quiet" | "danger";

interface ButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size"> {
  kind?: Kind;
  icon?: IconName;
  small?: boolean;
  // Under way: stays where it is and cannot be pressed again, but keeps the focus.
  busy?: boolean;
  children?: ComponentChildren;
}

export function Button({ kind = "secondary", icon, small, busy, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${kind} ${small ? "button-small" : ""} ${rest.class ?? ""}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon && <Icon name={busy ? "refresh" : icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps
  extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "label" | "size"> {
  icon: IconName;
  label: string; // read out, and shown when pointed at
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`icon-button ${rest.class ?? ""}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}

// A link that looks like a button, for what leads somewhere.
export function ButtonLink(props: {
  href: string;
  kind?: Kind;
  icon?: IconName;
  small?: boolean;
  children: ComponentChildren;
}) {
  const { href, kind = "secondary", icon, small, children } = props;
  return (
    <a href={href} class={`button button-${kind} ${small ? "button-small" : ""}`}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
