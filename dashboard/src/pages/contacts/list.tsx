import { at } from "@/api/client";
import { usePages } from "@/api/pages";
import type { Channel, Contact } from "@/api/types";
import { useEvents } from "@/live/use";
import { NoScope, ScopeSearch, useScope } from "@/pages/channels/scope";
import { inboxHref } from "@/pages/inbox/paths";
import { type PageProps, useSearch } from "@/router";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Copyable } from "@/ui/copy";
import { Empty } from "@/ui/empty";
import { Card, PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";

export default function Contacts({ params: { account = "" } }: PageProps) {
  const scope = useScope(account, () => true);
  const [query, setQuery] = useSearch("query");
  return (
    <>
      <PageHead
        title="Contacts"
        about="People with a name: of the account, or of the phone's address book."
      />
      <NoScope scope={scope} icon="contacts" title="No channels yet">
        Contacts come with a channel. Make one and pair it; its phone's address book is read then.
      </NoScope>
      {scope.channel && (
        <>
          <ScopeSearch
            scope={scope}
            label="Search contacts"
            placeholder="Name or number"
            query={query}
            onQuery={setQuery}
          />
          <ContactList key={scope.channel.channel_id} channel={scope.channel} query={query.trim()} />
        </>
      )}
    </>
  );
}

function ContactList({ channel, query }: { channel: Channel; query: string }) {
  const list = usePages<Contact>(
    at`/accounts/${channel.account_id}/channels/${channel.channel_id}/contacts`,
    {
      field: "contacts",
      keyOf: (contact) => contact.contact_id,
      limit: 100,
      query: { query },
    },
  );
  useEvents(["contact.changed"], list.reload, list.reload);
  if (list.error) return <ErrorNote error={list.error} what="the contacts" again={list.reload} />;
  if (!list.loaded) return <Skeleton rows={6} />;
  if (list.items.length === 0)
    return query ? (
      <Empty icon="search" title="Nobody fits">
        No contact of this channel has these letters or digits in its name or number.
      </Empty>
    ) : (
      <Empty icon="contacts" title="No contacts yet">
        They come from the phone's address book after pairing, and from programs that name people.
      </Empty>
    );
  return (
    <Card flush>
      <table class="table">
        <thead>
          <tr>
            <th>Name</th>
            <th>Number</th>
            <th>Calls itself</th>
            <th>
              <span class="visually-hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.items.map((contact) => (
            <tr key={contact.contact_id}>
              <td data-label="Name">
                <span>
                  {contact.name} {contact.is_business && <Badge tone="info">Business</Badge>}
                </span>
              </td>
              <td data-label="Number">
                {contact.phone ? (
                  <Copyable text={contact.phone} label={`Copy the number of ${contact.name}`} />
                ) : (
                  <span class="muted">Not known</span>
                )}
              </td>
              <td data-label="Calls itself">{contact.verified_name ?? contact.push_name}</td>
              <td class="table-actions">
                <a href={inboxHref(channel.channel_id, contact.chat)} aria-label={`Write to ${contact.name}`}>
                  Write
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.next !== undefined && (
        <div class="card-foot">
          <span class="muted">{list.items.length} shown</span>
          <Button small onClick={list.loadMore} busy={list.loading}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
