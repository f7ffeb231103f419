// The phone itself: its frame, its status bar, and the screen that is open.
import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { type Person, type PhoneGroup, personPath } from "@/api/sim";
import type { Channel } from "@/api/types";
import { everyTenSeconds } from "@/lib/clock";
import { minuteTime } from "@/lib/time";
import { useSearch } from "@/router";
import { tellFailure } from "@/state/toasts";
import { AskedSwitch, Switch } from "@/ui/form";
import { Icon } from "@/ui/icons";
import { Card } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { CallScreen } from "./call";
import { ChatList } from "./chat_list";
import { ChatScreen } from "./chat_screen";
import { Devices } from "./devices";
import { usePhone } from "./use_phone";
import "./phone.css";

interface PhoneProps {
  person: Person;
  people: readonly Person[];
  channels: readonly Channel[];
  onPerson: () => void; // something about the person is different now
}

export interface World {
  person: Person;
  people: readonly Person[];
  channels: readonly Channel[]; // of this gateway
  nameOf: (chat: string) => string;
  isIn: (group: PhoneGroup | undefined) => boolean;
  phone: ReturnType<typeof usePhone>;
}

const readPlace = "parley.phone.read";

export function PhoneFrame({ person, people, channels, onPerson }: PhoneProps) {
  const phone = usePhone(person.number);
  const [chat, setChat] = useSearch("chat");
  const [screen, setScreen] = useSearch("screen");
  const [reads, setReads] = useState(localStorage.getItem(readPlace) !== "no");
  const nameOf = (address: string) =>
    phone.groups.find((group) => group.address === address)?.subject ??
    people.find((one) => one.number === address)?.name ??
    address;
  const isIn = (group: PhoneGroup | undefined) =>
    group?.participants.some((one) => one.number === person.number) === true;
  const world: World = { person, people, channels, nameOf, isIn, phone };

  const setOnline = async (online: boolean) => {
    let isDone = true;
    try {
      await api.post(`${personPath(person.number)}/online`, { online });
    } catch (error) {
      isDone = false;
      tellFailure("Not switched", error);
    }
    onPerson();
    phone.reread();
    return isDone;
  };
  const setReading = (on: boolean) => {
    setReads(on);
    localStorage.setItem(readPlace, on ? "yes" : "no");
  };

  return (
    <>
      <section class="phone" aria-label={`${person.name}'s phone`}>
        <StatusBar person={person} />
        <div class="phone-screen">
          {phone.error && <ErrorNote error={phone.error} what="the phone" again={phone.reread} />}
          {!phone.loaded && <Skeleton rows={6} />}
          {phone.loaded &&
            (chat ? (
              <ChatScreen key={chat} chat={chat} world={world} reads={reads} onBack={() => setChat("")} />
            ) : screen === "devices" ? (
              <Devices world={world} onBack={() => setScreen("")} />
            ) : (
              <ChatList world={world} onChat={setChat} onDevices={() => setScreen("devices")} />
            ))}
          <CallScreen world={world} />
        </div>
      </section>
      <Card>
        <div class="phone-switches">
          <AskedSwitch
            label="Airplane mode"
            hint="The phone is off: nothing reaches it until it is back."
            checked={!person.online}
            ask={(on) => setOnline(!on)}
          />
          <Switch
            label="Read messages when a chat is open"
            hint="Off: say yourself when something is read."
            checked={reads}
            onChange={setReading}
          />
        </div>
      </Card>
    </>
  );
}

function StatusBar({ person }: { person: Person }) {
  return (
    <div class="phone-bar">
      <span>{minuteTime(new Date(everyTenSeconds.value))}</span>
      <span class="phone-camera" aria-hidden="true" />
      <span class="phone-signal">
        {person.online ? (
          <svg width="28" height="12" viewBox="0 0 28 12" aria-hidden="true" focusable="false">
            <path d="M1 8h2v3H1zM5 6h2v5H5zM9 3h2v8H9z" />
            <path d="M16 3h10v7H16zM26 5h1.5v3H26z" />
          </svg>
        ) : (
          <>
            <Icon name="plane" size={14} />
            <span class="visually-hidden">Airplane mode</span>
          </>
        )}
      </span>
    </div>
  );
}
