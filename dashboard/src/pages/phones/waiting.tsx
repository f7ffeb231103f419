// Channels that wait for a phone, as a camera would see them.
import { useEffect, useState } from "preact/hooks";
import { api } from "@/api/client";
import type { Channel, Pairing } from "@/api/types";
import { useEvents } from "@/live/use";
import { toRoute } from "@/router";
import { currentAccount } from "@/state/accounts";
import { tellFailure } from "@/state/toasts";
import { Button, ButtonLink } from "@/ui/button";
import { Qr } from "@/ui/qr";
import { channelPath, nameOf } from "../channels/paths";
import type { World } from "./phone";

interface WaitingProps {
  world: World;
  onScan: (qr: string) => Promise<void>;
}

export function Waiting({ world, onScan }: WaitingProps) {
  const waiting = world.channels.filter(
    (channel) =>
      channel.link !== "cloud" &&
      ["pending", "pairing", "logged_out"].includes(channel.state) &&
      (!channel.phone || channel.phone === world.person.number),
  );
  const account = currentAccount.value?.account_id;
  if (waiting.length === 0)
    return (
      <div class="waiting-none">
        <p class="muted">No channel waits for a phone. Make one, then scan its QR code here.</p>
        {account && (
          <ButtonLink href={toRoute("/accounts/:account/channels", { account })} icon="channels" small>
            To the channels
          </ButtonLink>
        )}
      </div>
    );
  return (
    <ul class="waiting">
      {waiting.slice(0, 12).map((channel) => (
        <li key={channel.channel_id}>
          <OneWaiting channel={channel} onScan={onScan} />
        </li>
      ))}
    </ul>
  );
}

function OneWaiting({ channel, onScan }: { channel: Channel; onScan: WaitingProps["onScan"] }) {
  const [qr, setQr] = useState("");
  const [busy, setBusy] = useState(false);
  useEvents(["channel.pairing"], (events) => {
    const newest = events.findLast((event) => event.channel_id === channel.channel_id);
    const told = newest?.body as Pairing | undefined;
    if (told?.qr) setQr(told.qr);
  });
  const show = async () => {
    try {
      const path = channelPath(channel.account_id, channel.channel_id);
      setQr((await api.post<Pairing>(`${path}/pair`, {})).qr ?? "");
    } catch (error) {
      tellFailure("No QR code", error);
    }
  };
  // It shows one already: asking again gets the same, or the one after it.
  const shows = channel.state === "pairing" && channel.link === "simulated";
  useEffect(() => {
    if (shows) void show();
  }, [shows]);
  const scan = async () => {
    setBusy(true);
    try {
      await onScan(qr);
    } catch (error) {
      tellFailure("Not linked", error);
    }
    setBusy(false);
  };
  return (
    <div class="viewfinder">
      <p>
        <b>{nameOf(channel)}</b>
      </p>
      {qr ? (
        <>
          <div class="viewfinder-frame">
            <Qr text={qr} label={`QR code of ${nameOf(channel)}`} />
          </div>
          <Button kind="primary" icon="scan" busy={busy} onClick={() => void scan()}>
            Scan
          </Button>
        </>
      ) : (
        <Button icon="qr" onClick={() => void show()}>
          Show its QR code
        </Button>
      )}
    </div>
  );
}
