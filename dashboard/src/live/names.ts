// Every event of the log (src/core/events.h). A browser only hears events whose names it asked for.
export const eventNames = [
  "message.accepted",
  "message.received",
  "message.status",
  "message.receipt",
  "message.reaction",
  "message.edited",
  "message.deleted",
  "message.vote",
  "message.transcribed",
  "status.posted",
  "group.changed",
  "group.participants",
  "call",
  "contact.changed",
  "chat.changed",
  "template.status",
  "channel.state",
  "channel.pairing",
  "person.merged",
  "subscription.disabled",
  "provider.hook",
] as const;

export type EventName = (typeof eventNames)[number];
