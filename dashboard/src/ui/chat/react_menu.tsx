import { Menu } from "@/ui/menu";
import "./react_menu.css";

const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

interface ReactMenuProps {
  label: string;
  mine: string | undefined; // the reaction that holds
  align: "left" | "right";
  onReact: (emoji: string) => void;
}

// The usual six; the one that holds is taken back by choosing it again.
export function ReactMenu({ label, mine, align, onReact }: ReactMenuProps) {
  return (
    <Menu
      class="react-menu"
      label={label}
      icon="react"
      align={align}
      items={emojis.map((emoji) => ({
        text: emoji,
        checked: emoji === mine,
        run: () => onReact(emoji === mine ? "" : emoji),
      }))}
    />
  );
}
