// How far a message of one's own has come, by the signs that everybody knows, and in words.
import type { Sent } from "@/lib/shown_message";
import { Icon, type IconName } from "@/ui/icons";
import "./ticks.css";

const signs: Record<Sent, { icon: IconName; text: string }> = {
  queued: { icon: "clock", text: "Queued" },
  unconfirmed: { icon: "clock", text: "Not confirmed" },
  sent: { icon: "check", text: "Sent" },
  delivered: { icon: "ticks", text: "Delivered" },
  read: { icon: "ticks", text: "Read" },
  played: { icon: "ticks", text: "Played" },
  failed: { icon: "error", text: "Failed" },
};

export function Ticks({ sent }: { sent: Sent }) {
  const sign = signs[sent];
  if (!sign) return null;
  return (
    <span class={`ticks ticks-${sent}`} title={sign.text}>
      <Icon name={sign.icon} size={14} />
      <span class="visually-hidden">{sign.text}</span>
    </span>
  );
}
