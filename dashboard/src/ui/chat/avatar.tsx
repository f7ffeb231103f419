import { initialsOf } from "@/lib/shown_message";
import { Icon, type IconName } from "@/ui/icons";
import "./avatar.css";

const colors = 6;

// A round sign for somebody: always the same colour for the same name.
export function Avatar({
  name,
  icon,
  small,
}: {
  name: string;
  icon?: IconName | undefined;
  small?: boolean;
}) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (
    <span class={`avatar avatar-${sum % colors} ${small ? "avatar-small" : ""}`} aria-hidden="true">
      {icon ? <Icon name={icon} size={18} /> : initialsOf(name)}
    </span>
  );
}
