import { useState } from "preact/hooks";
import { useGet } from "@/api/query";
import type { Channel, Group } from "@/api/types";
import { count, words } from "@/lib/names";
import { useReread } from "@/live/use";
import { NoScope, ScopeSearch, useScope } from "@/pages/channels/scope";
import { type PageProps, useSearch } from "@/router";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { Card, PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { CreateGroup } from "./create";
import { groupHref, groupsPath, roleNames } from "./paths";

export default function Groups({ params: { account = "" } }: PageProps) {
  const scope = useScope(
    account,
    (channel) => channel.link !== "cloud" && channel.link_profile !== "business",
  );
  const [query, setQuery] = useSearch("query");
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHead
        title="Groups"
        about="Those that the channel is in."
        actions={
          scope.channel && (
            <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
              New group
            </Button>
          )
        }
      />
      <NoScope scope={scope} icon="groups" title="No channel has groups">
        A channel that is paired with a phone has the phone's groups. Numbers of the Cloud API have none.
      </NoScope>
      {scope.channel && (
        <>
          <ScopeSearch
            scope={scope}
            label="Search groups"
            placeholder="Subject or description"
            query={query}
            onQuery={setQuery}
          />
          <GroupList key={scope.channel.channel_id} channel={scope.channel} query={query} />
        </>
      )}
      {creating && scope.channel && (
        <CreateGroup channel={scope.channel} onClose={() => setCreating(false)} />
      )}
    </>
  );
}

function GroupList({ channel, query }: { channel: Channel; query: string }) {
  const path = groupsPath(channel.account_id, channel.channel_id);
  const got = useGet<{ groups: Group[] }>(path);
  useReread(["group.changed", "group.participants"], path);
  if (got.error?.code === "not_supported")
    return (
      <Empty icon="groups" title="This channel has no groups">
        Groups come with a number that is paired with a phone, where this server can read them.
      </Empty>
    );
  if (!got.data)
    return got.error ? (
      <ErrorNote error={got.error} what="the groups" again={got.reload} />
    ) : (
      <Skeleton rows={6} />
    );
  if (got.data.groups.length === 0)
    return (
      <Empty icon="groups" title="This channel is in no group">
        Make one here, or have somebody add the channel's number to theirs.
      </Empty>
    );
  const wanted = query.trim().toLowerCase();
  const shown = got.data.groups.filter((group) =>
    [group.subject, group.description].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Card flush>
      {shown.length === 0 ? (
        <Empty icon="search" title="No group fits">
          None has these letters in its subject or description.
        </Empty>
      ) : (
        <table class="table table-links">
          <thead>
            <tr>
              <th>Group</th>
              <th>People</th>
              <th>This channel is</th>
              <th>Made</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <GroupRow key={group.group} group={group} channel={channel} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function GroupRow({ group, channel }: { group: Group; channel: Channel }) {
  const role = group.role ?? "";
  return (
    <tr>
      <td>
        <a class="row-link" href={groupHref(channel.account_id, channel.channel_id, group.group)}>
          {group.subject || "Without a subject"}
        </a>
      </td>
      <td data-label="People">{count(group.size)}</td>
      <td data-label="This channel is">
        {role && <Badge tone={role === "member" ? "plain" : "info"}>{roleNames[role] ?? words(role)}</Badge>}
      </td>
      <td data-label="Made" class="muted">
        <Ago at={group.created_at} />
      </td>
    </tr>
  );
}
