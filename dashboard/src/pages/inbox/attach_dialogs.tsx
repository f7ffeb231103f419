import type { Channel } from "@/api/types";
import { ContactDialog, PlaceDialog, PollDialog } from "@/ui/chat/attach";
import type { MenuItem } from "@/ui/menu";
import type { Draft } from "./drafts";
import { TemplateDialog } from "./template_dialog";

export type AttachKind = "location" | "contact" | "poll" | "template";

// Templates are of business numbers, polls of phones.
export function attachItems(channel: Channel, open: (kind: AttachKind) => void): MenuItem[] {
  const isBusiness = channel.link === "cloud" || channel.link_profile === "business";
  const items: MenuItem[] = [
    { text: "Location", icon: "place", run: () => open("location") },
    { text: "Contact", icon: "contacts", run: () => open("contact") },
  ];
  if (isBusiness) items.push({ text: "Template", icon: "templates", run: () => open("template") });
  else items.push({ text: "Poll", icon: "poll", run: () => open("poll") });
  return items;
}

interface AttachProps {
  channel: Channel;
  kind: AttachKind;
  onSend: (draft: Draft) => Promise<void>;
  onClose: () => void;
}

export function AttachDialogs({ channel, kind, onSend, onClose }: AttachProps) {
  switch (kind) {
    case "location":
      return <PlaceDialog onSend={(location) => onSend({ kind, location })} onClose={onClose} />;
    case "contact":
      return <ContactDialog onSend={(contact) => onSend({ kind, contact })} onClose={onClose} />;
    case "poll":
      return <PollDialog onSend={(poll) => onSend({ kind, poll })} onClose={onClose} />;
    case "template":
      return <TemplateDialog channel={channel} onSend={onSend} onClose={onClose} />;
  }
}
