import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { useGet } from "@/api/query";
import type { Channel } from "@/api/types";
import { linkNames, reasonText } from "@/lib/names";
import { useReread } from "@/live/use";
import { go, type PageProps, to, toRoute, useSearch } from "@/router";
import { tell, tellFailure } from "@/state/toasts";
import { StateBadge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Copyable } from "@/ui/copy";
import { Card, Facts, PageHead, Tabs } from "@/ui/layout";
import { Menu } from "@/ui/menu";
import { ErrorNote, Note } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { Cloud } from "./cloud";
import { History } from "./history";
import { Pair } from "./pair";
import { channelPath, channelsPath, nameOf } from "./paths";
import { Settings } from "./settings";

export default function ChannelPage({ params: { account = "", channel: id = "" } }: PageProps) {
  const path = channelPath(account, id);
  const got = useGet<Channel>(path);
  const [tab] = useSearch("tab");
  useReread(["channel.state"], path);
  const channel = got.data;
  const crumb = { text: "Channels", href: toRoute("/accounts/:account/channels", { account }) };

  if (!channel)
    return (
      <>
        <PageHead title="Channel" crumb={crumb} />
        {got.error ? (
          <ErrorNote error={got.error} what="the channel" again={got.reload} />
        ) : (
          <Skeleton rows={6} />
        )}
      </>
    );
  const here = toRoute("/accounts/:account/channels/:channel", { account, channel: id });
  const tabs = [
    { value: "", text: "State" },
    { value: "settings", text: "Settings" },
    ...(channel.link === "cloud" ? [{ value: "cloud", text: "Cloud API" }] : []),
  ];
  return (
    <>
      <PageHead
        title={nameOf(channel)}
        crumb={crumb}
        about={<StateBadge state={channel.state} />}
        actions={<Actions channel={channel} onChange={got.set} />}
      />
      <Tabs
        label="Parts of the channel"
        tabs={tabs}
        value={tab}
        href={(value) => (value ? `${here}?tab=${value}` : here)}
      />
      {tab === "settings" && <Settings channel={channel} onChange={got.set} />}
      {tab === "cloud" && <Cloud channel={channel} />}
      {(tab === "" || !tabs.some(({ value }) => value === tab)) && <State channel={channel} />}
    </>
  );
}

function State({ channel }: { channel: Channel }) {
  const reason = reasonText(channel.state_reason);
  const unpaired = channel.link !== "cloud" && ["pending", "pairing", "logged_out"].includes(channel.state);
  return (
    <div class="stack">
      {reason && channel.state !== "connected" && !unpaired && (
        <Note tone={channel.state === "connecting" ? "warn" : "bad"}>{reason}</Note>
      )}
      {unpaired && <Pair channel={channel} />}
      <Card title="About">
        <Facts facts={factsOf(channel)} />
      </Card>
      <History channel={channel} />
    </div>
  );
}

function factsOf(channel: Channel): [string, preact.ComponentChildren][] {
  const { profile } = channel;
  return [
    ["Number", channel.phone && <Copyable text={channel.phone} label="Copy the number" />],
    ["Name on WhatsApp", profile.push_name],
    ["Connected by", `${linkNames[channel.link] ?? channel.link}, ${channel.link_profile}`],
    ["Phone", profile.platform],
    ["1MSG's channel id", <Copyable key="code" text={channel.code} label="Copy the code" />],
    ["Channel id", <Copyable key="id" text={channel.channel_id} label="Copy the id" />],
    ["Made", <Ago key="made" at={channel.created_at} />],
    ["First connected", channel.connected_at && <Ago at={channel.connected_at} />],
  ];
}

interface ActionsProps {
  channel: Channel;
  onChange: (channel: Channel) => void;
}

function Actions({ channel, onChange }: ActionsProps) {
  const [busy, setBusy] = useState("");
  const path = channelPath(channel.account_id, channel.channel_id);
  const name = nameOf(channel);

  const run = async (what: string, failure: string, work: () => Promise<void>) => {
    setBusy(what);
    try {
      await work();
    } catch (error) {
      tellFailure(failure, error);
    } finally {
      setBusy("");
    }
  };
  const connect = () =>
    run("connect", "Not connected", async () => onChange(await api.post<Channel>(`${path}/connect`)));
  const disconnect = () =>
    run("disconnect", "Not disconnected", async () => {
      onChange(await api.post<Channel>(`${path}/disconnect`));
      tell(`${name} is off until it is connected again.`, { label: "Connect again", run: connect });
    });
  const restart = () =>
    run("restart", "Not restarted", async () => {
      onChange(await api.post<Channel>(`${path}/restart`));
      tell(`${name} connects anew.`);
    });
  const remove = async () => {
    const yes = await confirm({
      title: `Delete ${name}?`,
      text: "Its chats, messages and keys go with it, and its device is logged out. This cannot be taken back.",
      action: "Delete",
      typed: name,
    });
    if (!yes) return;
    await run("delete", "Not deleted", async () => {
      await api.delete(path);
      tell(`${name} is being deleted.`);
      go(to(channelsPath(channel.account_id)));
    });
  };

  const paired = ["connecting", "connected", "disconnected"].includes(channel.state);
  const isOff = channel.state === "disconnected" || !channel.enabled;
  return (
    <>
      {paired && !isOff && (
        <Button icon="refresh" busy={busy === "restart"} onClick={restart}>
          Restart
        </Button>
      )}
      {paired && (
        <Button
          icon={isOff ? "connect" : "disconnect"}
          kind={isOff ? "primary" : "secondary"}
          busy={busy === "connect" || busy === "disconnect"}
          onClick={isOff ? connect : disconnect}
        >
          {isOff ? "Connect" : "Disconnect"}
        </Button>
      )}
      <Menu
        label="More to do with this channel"
        items={[{ text: "Delete the channel", icon: "trash", danger: true, run: () => void remove() }]}
      />
    </>
  );
}
