// Pairing with a phone: by a QR code that changes by itself, or by a code that is typed on the phone.
import { useEffect, useState } from "preact/hooks";
import { type ApiError, api, asApiError } from "@/api/client";
import type { Channel, Pairing } from "@/api/types";
import { everySecond } from "@/lib/clock";
import { reasonText } from "@/lib/names";
import { countdown } from "@/lib/time";
import { useEvents } from "@/live/use";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy";
import { Form, FormActions, Segmented, TextField, useForm } from "@/ui/form";
import { Card } from "@/ui/layout";
import { ErrorNote, Note } from "@/ui/note";
import { Qr } from "@/ui/qr";
import { Skeleton } from "@/ui/skeleton";
import { channelPath } from "./paths";
import "./pair.css";

type Way = "qr" | "code";

const ways: { value: Way; text: string }[] = [
  { value: "qr", text: "QR code" },
  { value: "code", text: "Code to type" },
];

interface Offer {
  qr: string;
  code: string;
  endsAt: number | undefined; // ms; not every link knows
}

function offerOf(pairing: Pairing): Offer {
  const endsAt = pairing.expires_at ? new Date(pairing.expires_at).getTime() : undefined;
  return { qr: pairing.qr ?? "", code: pairing.code ?? "", endsAt };
}

export function Pair({ channel }: { channel: Channel }) {
  const [way, setWay] = useState<Way>("qr");
  const [offer, setOffer] = useState<Offer>();
  const path = `${channelPath(channel.account_id, channel.channel_id)}/pair`;

  // Each new code is told as an event; the state says when the offer is over.
  useEvents(["channel.pairing", "channel.state"], (events) => {
    for (const event of events) {
      if (event.channel_id !== channel.channel_id) continue;
      if (event.name === "channel.pairing") setOffer(offerOf(event.body as Pairing));
      else if ((event.body.channel as { state: string }).state !== "pairing") setOffer(undefined);
    }
  });

  return (
    <Card
      title="Pair with a phone"
      actions={<Segmented label="How to pair" choices={ways} value={way} onChange={setWay} />}
    >
      <div class="stack">
        {!offer && channel.state !== "pairing" && channel.state_reason && (
          <Note tone="warn">{reasonText(channel.state_reason)}</Note>
        )}
        {way === "qr" ? (
          <ByQr path={path} offer={offer?.qr ? offer : undefined} onOffer={setOffer} />
        ) : (
          <ByCode
            path={path}
            phone={channel.phone ?? ""}
            offer={offer?.code ? offer : undefined}
            onOffer={setOffer}
          />
        )}
      </div>
    </Card>
  );
}

interface WayProps {
  path: string;
  offer: Offer | undefined;
  onOffer: (offer: Offer) => void;
}

function ByQr({ path, offer, onOffer }: WayProps) {
  const [error, setError] = useState<ApiError>();
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    setError(undefined);
    try {
      onOffer(offerOf(await api.post<Pairing>(path, {})));
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setAsking(false);
    }
  };
  if (error) return <ErrorNote error={error} what="the QR code" again={ask} />;
  if (asking && !offer) return <Skeleton rows={4} />;
  if (!offer)
    return (
      <div class="pair-start">
        <p>
          The phone's owner scans a QR code: the gateway becomes a linked device of that phone, as a browser
          is.
        </p>
        <Button kind="primary" icon="qr" onClick={ask}>
          Show the QR code
        </Button>
      </div>
    );
  return (
    <div class="pair-offer">
      <Qr text={offer.qr} label="QR code to scan with the phone" />
      <div class="stack">
        <ol class="steps">
          <li>Open WhatsApp on the phone.</li>
          <li>
            Choose <b>Settings</b>, then <b>Linked devices</b>, then <b>Link a device</b>.
          </li>
          <li>Hold the phone's camera at this code.</li>
        </ol>
        <TimeLeft offer={offer} again={ask} />
        <p class="muted small pair-text">
          <CopyButton text={offer.qr} label="Copy what the QR code says" /> Or copy what the code says, for a
          simulated phone.
        </p>
      </div>
    </div>
  );
}

function ByCode({ path, phone, offer, onOffer }: WayProps & { phone: string }) {
  const form = useForm({ phone });
  const ask = async (values: { phone: string }) => {
    onOffer(offerOf(await api.post<Pairing>(path, { phone: values.phone.trim() })));
  };
  if (!offer)
    return (
      <Form form={form} onSubmit={ask}>
        <TextField
          form={form}
          path="phone"
          label="The phone's number"
          inputMode="tel"
          placeholder="+15550123"
          hint="With its country code. The code works on this phone alone."
        />
        <FormActions form={form} submit="Get a code" />
      </Form>
    );
  return (
    <div class="stack">
      <p class="pair-code">
        <output aria-label="Pairing code">{spaced(offer.code)}</output>
        <CopyButton text={offer.code} label="Copy the code" />
      </p>
      <ol class="steps">
        <li>Open WhatsApp on the phone.</li>
        <li>
          Choose <b>Settings</b>, then <b>Linked devices</b>, then <b>Link a device</b>, then{" "}
          <b>Link with phone number instead</b>.
        </li>
        <li>Type this code.</li>
      </ol>
      <TimeLeft offer={offer} again={() => void form.submit(ask)} />
    </div>
  );
}

function spaced(code: string): string {
  return /^\w{8}$/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

// How long the code holds. Past that a new one mostly comes by itself; the button is for when it does not.
function TimeLeft({ offer, again }: { offer: Offer; again: () => void }) {
  const [began, setBegan] = useState(Date.now());
  useEffect(() => setBegan(Date.now()), [offer]);
  if (offer.endsAt === undefined)
    return <p class="muted">The code changes by itself while this page is open.</p>;
  const left = (offer.endsAt - everySecond.value) / 1000;
  const whole = Math.max(1, (offer.endsAt - began) / 1000);
  if (left <= 0)
    return (
      <div class="pair-left">
        <span>This code is over.</span>
        <Button small icon="refresh" onClick={again}>
          New code
        </Button>
      </div>
    );
  return (
    <div class="pair-left">
      <progress max={whole} value={Math.min(left, whole)} aria-label="Time that the code holds" />
      <span class="muted" role="timer">
        {countdown(left)} left
      </span>
    </div>
  );
}
