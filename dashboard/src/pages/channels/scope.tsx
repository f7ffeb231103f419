// Pages about one of the account's channels: which one stands in the address, else it is the first.
//
//   const scope = useScope(account, (channel) => channel.link !== "cloud");
//   <ScopeSearch scope={scope} .../>; scope.channel
import type { ComponentChildren } from "preact";
import type { ApiError } from "@/api/client";
import { useGet } from "@/api/query";
import type { Channel } from "@/api/types";
import { toRoute, useSearch } from "@/router";
import { ButtonLink } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Select } from "@/ui/form";
import type { IconName } from "@/ui/icons";
import { ErrorNote } from "@/ui/note";
import { SearchField } from "@/ui/search";
import { Skeleton } from "@/ui/skeleton";
import { channelsPath, nameOf } from "./paths";

export interface Scope {
  account: string;
  channel: Channel | undefined;
  channels: readonly Channel[]; // those that fit
  error: ApiError | undefined;
  loaded: boolean;
  choose: (id: string) => void;
  again: () => void;
}

export function useScope(account: string, fits: (channel: Channel) => boolean): Scope {
  const got = useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 });
  const [chosen, choose] = useSearch("channel");
  const channels = got.data?.channels.filter(fits) ?? [];
  return {
    account,
    channel: channels.find((channel) => channel.channel_id === chosen) ?? channels[0],
    channels,
    error: got.error,
    loaded: got.data !== undefined,
    choose,
    again: got.reload,
  };
}

function ScopeSelect({ scope }: { scope: Scope }) {
  if (!scope.channel) return null;
  return (
    <Select
      aria-label="Channel"
      choices={scope.channels.map((channel) => ({ value: channel.channel_id, text: nameOf(channel) }))}
      value={scope.channel.channel_id}
      onChange={scope.choose}
    />
  );
}

interface ScopeSearchProps {
  scope: Scope;
  label: string;
  placeholder: string; // what is looked in
  query: string;
  onQuery: (query: string) => void;
}

// Which channel, and what to look for in it.
export function ScopeSearch({ scope, label, placeholder, query, onQuery }: ScopeSearchProps) {
  return (
    <search class="toolbar">
      <ScopeSelect scope={scope} />
      <SearchField label={label} placeholder={placeholder} value={query} onChange={onQuery} />
    </search>
  );
}

interface NoScopeProps {
  scope: Scope;
  icon: IconName;
  title: string; // when no channel fits
  children: ComponentChildren;
}

// What is shown as long as there is no channel.
export function NoScope({ scope, icon, title, children }: NoScopeProps) {
  if (scope.channel) return null;
  if (scope.error) return <ErrorNote error={scope.error} what="the channels" again={scope.again} />;
  if (!scope.loaded) return <Skeleton rows={6} />;
  const href = toRoute("/accounts/:account/channels", { account: scope.account });
  return (
    <Empty icon={icon} title={title} action={<ButtonLink href={href}>To the channels</ButtonLink>}>
      {children}
    </Empty>
  );
}
