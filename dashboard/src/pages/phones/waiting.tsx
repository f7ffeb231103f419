// Channels that wait for a phone, as a camera would see them.
import { useEffect, useState } from "preact/hooks";
import { api } from "@/api/client";
import type { Channel, LoggedEvent, Pairing } from "@/api/types";
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

interface Offer {
  qr: string;
  code: string;
}

const offerOf = ({ qr, code }: Pairing): Offer => ({ qr: qr ?? "", code: code ?? "" });

function OneWaiting({ channel, onScan }: { channel: Channel; onScan: WaitingProps["onScan"] }) {
  const [offer, setOffer] = useState<Offer>();
  const [busy, setBusy] = useState(false);
  const isPairing = channel.state === "pairing";
  useEvents(["channel.pairing"], (events) => {
    const newest = events.findLast((event) => event.channel_id === channel.channel_id);
    if (newest) setOffer(offerOf(newest.body as Pairing));
  });
  // What it shows already was told; asking for a code anew would take that one away.
  useEffect(() => {
    if (isPairing) lastOffer(channel.channel_id).then(setOffer, () => undefined);
    else setOffer(undefined);
  }, [isPairing]);

  const show = async () => {
    try {
      const path = channelPath(channel.account_id, channel.channel_id);
      setOffer(offerOf(await api.post<Pairing>(`${path}/pair`, {})));
    } catch (error) {
      tellFailure("No QR code", error);
    }
  };
  const take = async (text: string) => {
    setBusy(true);
    try {
      await onScan(text);
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
      {offer?.qr ? (
        <>
          <div class="viewfinder-frame">
            <Qr text={offer.qr} label={`QR code of ${nameOf(channel)}`} />
          </div>
          <Button kind="primary" icon="scan" busy={busy} onClick={() => void take(offer.qr)}>
            Scan
          </Button>
        </>
      ) : offer?.code ? (
        <>
          <p class="mono viewfinder-code">{offer.code}</p>
          <Button kind="primary" busy={busy} onClick={() => void take(offer.code)}>
            Type this code
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

async function lastOffer(channel: string): Promise<Offer | undefined> {
  const query = { before: 0, name: "channel.pairing", channel, limit: 1 };
  const [newest] = (await api.get<{ events: LoggedEvent[] }>("/events", query)).events;
  return newest && offerOf(newest.body as Pairing);
}
