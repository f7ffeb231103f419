// The phone's linked devices, and linking one: scanning the QR code that a channel shows, or typing a code.
import { useEffect } from "preact/hooks";
import { api, at } from "@/api/client";
import { useGet } from "@/api/query";
import { type PhoneDevice, personPath } from "@/api/sim";
import { useReread } from "@/live/use";
import { tell, tellFailure } from "@/state/toasts";
import { Button, IconButton } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Form, FormActions, TextField, useForm } from "@/ui/form";
import { Icon } from "@/ui/icons";
import { ErrorNote } from "@/ui/note";
import type { World } from "./phone";
import { Waiting } from "./waiting";

export function Devices({ world, onBack }: { world: World; onBack: () => void }) {
  const { person } = world;
  const path = `${personPath(person.number)}/devices`;
  const got = useGet<{ devices: PhoneDevice[] }>(path);
  useReread(["channel.state"], path);
  useEffect(() => void got.reload(), [world.channels]);
  const devices = got.data?.devices ?? [];

  // A QR code's text, or eight characters that a channel shows.
  const link = async (text: string) => {
    const isCode = /^[0-9a-z]{4}-?[0-9a-z]{4}$/i.test(text);
    const [doing, body] = isCode ? ["enter-code", { code: withDash(text) }] : ["scan", { qr: text }];
    await api.post(`${personPath(person.number)}/${doing}`, body);
    tell(`Linked: the channel is ${person.name}'s number now.`);
    void got.reload();
  };

  return (
    <div class="screen">
      <header class="screen-head">
        <IconButton icon="back" label="Back to the chats" onClick={onBack} />
        <h2>Linked devices</h2>
      </header>
      <div class="screen-body screen-pad">
        {got.error && <ErrorNote error={got.error} what="the devices" again={got.reload} />}
        {devices.length > 0 && (
          <ul class="devices">
            {devices.map((device) => (
              <DeviceRow key={device.id} device={device} world={world} onChange={got.reload} />
            ))}
          </ul>
        )}
        <h3>Link a device</h3>
        <Waiting world={world} onScan={link} />
        <CodeForm onLink={link} />
      </div>
    </div>
  );
}

function withDash(code: string): string {
  const letters = code.replace("-", "").toUpperCase();
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

function CodeForm({ onLink }: { onLink: (text: string) => Promise<void> }) {
  const form = useForm({ code: "" });
  const submit = async ({ code }: { code: string }) => {
    await onLink(code.trim());
    form.reset({ code: "" });
  };
  return (
    <Form form={form} onSubmit={submit}>
      <TextField
        form={form}
        path="code"
        label="Code"
        mono
        placeholder="ABCD-EFGH"
        hint="The eight characters that a channel shows, or what its QR code says."
      />
      <FormActions form={form} submit="Link" />
    </Form>
  );
}

interface DeviceProps {
  device: PhoneDevice;
  world: World;
  onChange: () => Promise<void>;
}

function DeviceRow({ device, world, onChange }: DeviceProps) {
  const path = personPath(world.person.number) + at`/devices/${device.id}`;
  const channel = world.channels.find((one) => one.phone === world.person.number);
  const cut = async () => {
    try {
      await api.post(at`/sim/devices/${device.id}/disconnect`);
      tell("The connection was cut. The channel connects again by itself.");
    } catch (error) {
      tellFailure("Not cut", error);
    }
    await onChange();
  };
  const logOut = async () => {
    const text = "The channel is logged out, and has to be paired again.";
    if (!(await confirm({ title: "Log this device out?", text, action: "Log out" }))) return;
    try {
      await api.delete(path);
    } catch (error) {
      tellFailure("Not logged out", error);
    }
    await onChange();
  };
  return (
    <li class="device">
      <Icon name="system" size={20} />
      <div class="device-name">
        <b>{channel ? channel.label || channel.code : `Device ${device.id.split(":")[1] ?? ""}`}</b>
        <span class="muted small">
          {device.connected ? "Connected" : "Not connected"}
          {device.queued > 0 && `, ${device.queued} waiting for it`}
        </span>
      </div>
      <Button small kind="quiet" onClick={() => void cut()}>
        Cut
      </Button>
      <Button small kind="danger" onClick={() => void logOut()}>
        Log out
      </Button>
    </li>
  );
}
