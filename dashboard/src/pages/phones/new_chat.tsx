// With whom: a person, a number that may not exist, or a new group.
import { useState } from "preact/hooks";
import { api } from "@/api/client";
import type { PhoneGroup } from "@/api/sim";
import { tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { Avatar } from "@/ui/chat/avatar";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, Segmented, TextField, useForm } from "@/ui/form";
import type { World } from "./phone";
import "@/ui/chat/chat_row.css";

interface NewChatProps {
  world: World;
  onChat: (chat: string) => void;
  onClose: () => void;
}

type What = "person" | "group";
const choices: { value: What; text: string }[] = [
  { value: "person", text: "With a person" },
  { value: "group", text: "New group" },
];

export function NewChat({ world, onChat, onClose }: NewChatProps) {
  const [what, setWhat] = useState<What>("person");
  return (
    <Dialog title="New chat" onClose={onClose}>
      <Segmented label="What kind of chat" choices={choices} value={what} onChange={setWhat} />
      {what === "person" ? (
        <WithPerson world={world} onChat={onChat} onClose={onClose} />
      ) : (
        <NewGroup world={world} onChat={onChat} onClose={onClose} />
      )}
    </Dialog>
  );
}

function WithPerson({ world, onChat, onClose }: NewChatProps) {
  const { people, person, channels } = world;
  const form = useForm({ to: "" });
  const open = (number: string) => {
    onClose();
    onChat(number);
  };
  const shown = people.filter((one) => one.number !== person.number).slice(0, 100);
  return (
    <>
      <ul class="chats choose" aria-label="People">
        {shown.map((one) => (
          <li key={one.number}>
            <button type="button" class="chat" onClick={() => open(one.number)}>
              <Avatar name={one.name} small />
              <span class="chat-name">{one.name}</span>
              <span class="chat-last muted">
                {channels.some((channel) => channel.phone === one.number) ? "Channel, " : ""}
                {one.number}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Form
        form={form}
        onSubmit={async ({ to }) => {
          const digits = to.replace(/\D/g, "");
          if (digits) open(`+${digits}`);
        }}
      >
        <TextField
          form={form}
          path="to"
          label="Another number"
          inputMode="tel"
          placeholder="+15550123"
          hint="Messages to a number that nobody has fail."
        />
        <FormActions form={form} submit="Write" cancel={onClose} />
      </Form>
    </>
  );
}

function NewGroup({ world, onChat, onClose }: NewChatProps) {
  const { people, person, phone } = world;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const form = useForm({ subject: "" });
  const toggle = (number: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(number);
    else next.delete(number);
    setChosen(next);
  };
  const make = async ({ subject }: { subject: string }) => {
    const made = await api.post<{ group: PhoneGroup; results: { number: string; status: number }[] }>(
      "/sim/groups",
      { by: person.number, subject, participants: [...chosen] },
    );
    const refused = made.results.filter((one) => one.status !== 200).map((one) => one.number);
    if (refused.length > 0) tellFailure("Not in the group", new Error(refused.join(", ")));
    phone.reread();
    onClose();
    onChat(made.group.address);
  };
  return (
    <Form form={form} onSubmit={make}>
      <TextField form={form} path="subject" label="Subject" placeholder="Friends" />
      <fieldset class="choose-people">
        <legend>Who is in it</legend>
        {people
          .filter((one) => one.number !== person.number)
          .slice(0, 100)
          .map((one) => (
            <label key={one.number}>
              <input
                type="checkbox"
                checked={chosen.has(one.number)}
                onChange={(event) => toggle(one.number, event.currentTarget.checked)}
              />
              {one.name} <span class="muted small">{one.number}</span>
            </label>
          ))}
      </fieldset>
      <Button
        kind="quiet"
        small
        onClick={() =>
          setChosen(
            new Set(
              people
                .slice(0, 100)
                .map((one) => one.number)
                .filter((number) => number !== person.number),
            ),
          )
        }
      >
        Choose all
      </Button>
      <FormActions form={form} submit="Make the group" cancel={onClose} />
    </Form>
  );
}
