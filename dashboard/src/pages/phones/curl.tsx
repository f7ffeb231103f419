// How a program sends to this phone, in each of the three dialects: to be copied, or run from here.
import { useState } from "preact/hooks";
import { api, at } from "@/api/client";
import type { Person } from "@/api/sim";
import type { Channel } from "@/api/types";
import { curlOf, type HttpCall, type SendingDialect, sendCalls } from "@/lib/curl";
import { dialectNames } from "@/lib/names";
import { go } from "@/router";
import { givenKey, rememberKey } from "@/state/given_keys";
import { tell, tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { CopyButton } from "@/ui/copy";
import { Segmented, Select } from "@/ui/form";
import { Card } from "@/ui/layout";
import { channelPath, nameOf } from "../channels/paths";
import { phoneHref } from "./paths";

const dialects = (["wapio", "2chat", "1msg"] as const).map((value) => ({
  value,
  text: dialectNames[value] ?? value,
}));

interface CurlProps {
  person: Person;
  channels: readonly Channel[];
  chat: string; // that is open on the phone
}

export function Curl({ person, channels, chat }: CurlProps) {
  const usable = channels.filter(
    (channel) => channel.state === "connected" && channel.phone !== person.number,
  );
  const [dialect, setDialect] = useState<SendingDialect>("wapio");
  const [chosen, setChosen] = useState("");
  const [busy, setBusy] = useState(false);
  const channel =
    usable.find((one) => one.channel_id === chosen) ??
    usable.find((one) => one.phone === chat) ??
    usable.find((one) => one.link === "simulated" && one.link_profile === "phone") ??
    usable[0];
  if (!channel)
    return (
      <Card title="Send to this phone" about="As your program would.">
        <p class="muted">No channel is connected. Pair one: it is then a number to send from.</p>
      </Card>
    );

  const owner = dialect === "2chat" ? channel.account_id : channel.channel_id;
  const key = givenKey(dialect, owner);
  const call = sendCalls[dialect]({
    origin: location.origin,
    from: channel.phone ?? "",
    code: channel.code,
    to: person.number,
    text: `Hello from ${dialectNames[dialect]}`,
    key,
  });
  const work = async (failure: string, what: () => Promise<void>) => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      tellFailure(failure, error);
    }
    setBusy(false);
  };
  const make = () =>
    work("No key was made", async () => {
      const made = await makeKey(dialect, channel);
      if (made) rememberKey(dialect, owner, made);
    });
  const run = () =>
    work("Not sent", async () => {
      const status = await runCall(call);
      tell(`${status}: it is on its way to the phone.`, {
        label: "Show the chat",
        run: () => go(phoneHref(person.number, { chat: channel.phone ?? "" })),
      });
    });

  return (
    <Card
      title="Send to this phone"
      about="As your program would. The message shows up on the phone."
      actions={<Segmented label="Dialect" choices={dialects} value={dialect} onChange={setDialect} />}
    >
      <div class="curl">
        {usable.length > 1 && (
          <Select
            aria-label="Channel to send from"
            choices={usable.map((one) => ({ value: one.channel_id, text: `From ${nameOf(one)}` }))}
            value={channel.channel_id}
            onChange={setChosen}
          />
        )}
        <div class="curl-line">
          <pre>{curlOf(call)}</pre>
          <CopyButton text={curlOf(call)} label="Copy the curl line" />
        </div>
        <div class="curl-actions">
          {key ? (
            <Button kind="primary" icon="play" busy={busy} onClick={run}>
              Run it
            </Button>
          ) : (
            <Button icon="keys" busy={busy} onClick={make}>
              Make a key for it
            </Button>
          )}
          <span class="muted small">
            {key
              ? "The key is known to this page until it is closed. It is not shown again."
              : "Put your key where the line says so, or have one made."}
          </span>
        </div>
      </div>
    </Card>
  );
}

// undefined: rather not
async function makeKey(dialect: SendingDialect, channel: Channel): Promise<string | undefined> {
  if (dialect === "2chat") {
    const body = { dialect, label: "Made on the page of simulated phones" };
    return (await api.post<{ key: string }>(at`/accounts/${channel.account_id}/keys`, body)).key;
  }
  const yes = await confirm({
    title: `A new key for ${nameOf(channel)}?`,
    text: `A channel has one ${dialectNames[dialect]} key: the one that it has now stops working.`,
    action: "Make a key",
  });
  if (!yes) return undefined;
  const path = `${channelPath(channel.account_id, channel.channel_id)}/keys`;
  return (await api.post<{ key: string }>(path, { dialect })).key;
}

async function runCall({ method, url, headers, form, body }: HttpCall): Promise<number> {
  const response = await fetch(url, {
    method,
    ...(headers && { headers }),
    body: form ? new URLSearchParams(form) : (body ?? null),
    credentials: "omit",
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 200)}`);
  return response.status;
}
