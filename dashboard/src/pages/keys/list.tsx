import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { usePages } from "@/api/pages";
import { useGet } from "@/api/query";
import type { Channel, Key, NewKey } from "@/api/types";
import { dialectNames } from "@/lib/names";
import { channelsPath, nameOf } from "@/pages/channels/paths";
import { type PageProps, toRoute } from "@/router";
import { tell, tellFailure } from "@/state/toasts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Empty } from "@/ui/empty";
import { Card, PageHead } from "@/ui/layout";
import { Menu } from "@/ui/menu";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { CreateKey } from "./create";
import { keyPath, keysPath } from "./paths";
import { KeyShown } from "./shown";

export default function Keys({ params: { account = "" } }: PageProps) {
  const list = usePages<Key>(keysPath(account), {
    field: "keys",
    keyOf: (key) => key.fingerprint,
    limit: 200,
  });
  const channels =
    useGet<{ channels: Channel[] }>(channelsPath(account), { limit: 500 }).data?.channels ?? [];
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<NewKey>();
  const show = (key: NewKey) => {
    setCreating(false);
    setMade(key);
    list.reload();
  };
  const create = (
    <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
      New key
    </Button>
  );
  const isEmpty = list.loaded && !list.error && list.items.length === 0;
  return (
    <>
      <PageHead
        title="Keys"
        about="What programs sign their calls with. Keys themselves are not kept: only their fingerprints are."
        actions={isEmpty ? undefined : create}
      />
      {list.error && <ErrorNote error={list.error} what="the keys" again={list.reload} />}
      {!list.loaded && <Skeleton rows={4} />}
      {isEmpty && (
        <Empty icon="keys" title="No keys yet" action={create}>
          A program that speaks 2Chat, Wapio or 1MSG needs a key of that API. Make one and give it to the
          program together with this server's address.
        </Empty>
      )}
      {list.items.length > 0 && (
        <Card flush>
          <KeyTable
            account={account}
            keys={list.items}
            channels={channels}
            onRenewed={show}
            onRevoked={list.reload}
          />
          {list.next !== undefined && (
            <div class="card-foot">
              <span class="muted">{list.items.length} shown</span>
              <Button small onClick={list.loadMore}>
                Show more
              </Button>
            </div>
          )}
        </Card>
      )}
      {creating && (
        <CreateKey account={account} channels={channels} onMade={show} onClose={() => setCreating(false)} />
      )}
      {made && (
        <KeyShown
          made={made}
          channel={channels.find((one) => one.channel_id === made.details.channel_id)}
          onClose={() => setMade(undefined)}
        />
      )}
    </>
  );
}

interface TableProps {
  account: string;
  keys: Key[];
  channels: readonly Channel[];
  onRenewed: (made: NewKey) => void;
  onRevoked: () => void;
}

function KeyTable({ keys, ...rest }: TableProps) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>Name</th>
          <th>API</th>
          <th>Sees</th>
          <th>Fingerprint</th>
          <th>Made</th>
          <th>
            <span class="visually-hidden">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.fingerprint} of={key} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function KeyRow({
  of: key,
  account,
  channels,
  onRenewed,
  onRevoked,
}: Omit<TableProps, "keys"> & { of: Key }) {
  const name = `${dialectNames[key.dialect]} ${key.label || key.fingerprint}`;
  const renew = async () => {
    const yes = await confirm({
      title: `Renew the key ${name}?`,
      text: "You get another key in its place. The one that programs have now stops working at once.",
      action: "Renew",
    });
    if (!yes) return;
    try {
      onRenewed(await api.post<NewKey>(`${keyPath(account, key.fingerprint)}/renew`));
    } catch (error) {
      tellFailure("Not renewed", error);
    }
  };
  const revoke = async () => {
    const yes = await confirm({
      title: `Revoke the key ${name}?`,
      text: "Programs that have it are refused at once. This cannot be taken back.",
      action: "Revoke",
    });
    if (!yes) return;
    try {
      await api.delete(keyPath(account, key.fingerprint));
      tell(`The key ${name} works no longer.`);
      onRevoked();
    } catch (error) {
      tellFailure("Not revoked", error);
    }
  };
  return (
    <tr>
      <td data-label="Name">{key.label || <span class="muted">Without a name</span>}</td>
      <td data-label="API">
        <Badge>{dialectNames[key.dialect] ?? key.dialect}</Badge>
      </td>
      <td data-label="Sees">
        <Sees of={key} account={account} channels={channels} />
      </td>
      <td data-label="Fingerprint">
        <div>
          <code>{key.fingerprint}</code>
          {key.previous_fingerprint && (
            <div class="muted small">
              replaced <code>{key.previous_fingerprint}</code>
            </div>
          )}
        </div>
      </td>
      <td data-label="Made" class="muted">
        <Ago at={key.created_at} />
      </td>
      <td class="table-actions">
        <Menu
          label={`What to do with the key ${name}`}
          items={[
            { text: "Renew", icon: "refresh", run: renew },
            { text: "Revoke", icon: "trash", danger: true, run: revoke },
          ]}
        />
      </td>
    </tr>
  );
}

function Sees({ of: key, account, channels }: { of: Key; account: string; channels: readonly Channel[] }) {
  if (!key.channel_id) return <>The whole account</>;
  const channel = channels.find((one) => one.channel_id === key.channel_id);
  const href = toRoute("/accounts/:account/channels/:channel", { account, channel: key.channel_id });
  return <a href={href}>{channel ? nameOf(channel) : "One channel"}</a>;
}
