import { toRoute } from "@/router";

export function inboxHref(channel: string, chat?: string, search: Record<string, string> = {}): string {
  const rest = new URLSearchParams(Object.entries(search).filter(([, value]) => value)).toString();
  return toRoute("/inbox/:channel?/:chat?", { channel, ...(chat && { chat }) }) + (rest ? `?${rest}` : "");
}
