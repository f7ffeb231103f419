import { at } from "@/api/client";
import { toRoute } from "@/router";

export const groupsPath = (account: string, channel: string) =>
  at`/accounts/${account}/channels/${channel}/groups`;
export const groupPath = (account: string, channel: string, group: string) =>
  at`/accounts/${account}/channels/${channel}/groups/${group}`;

export const groupHref = (account: string, channel: string, group: string) =>
  toRoute("/accounts/:account/groups/:channel/:group", { account, channel, group });

export const roleNames: Record<string, string> = {
  member: "Member",
  admin: "Admin",
  superadmin: "Owner",
};
