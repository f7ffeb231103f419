// Who is in the group, and what is done with them.
import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { invalidate } from "@/api/query";
import type { Group, Participant } from "@/api/types";
import { byName, notDone, type Outcome, type ParticipantAction, peopleIn } from "@/lib/group_people";
import { words } from "@/lib/names";
import { tell, tellFailure } from "@/state/toasts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Copyable } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, useForm } from "@/ui/form";
import { Card } from "@/ui/layout";
import { Menu, type MenuItem } from "@/ui/menu";
import { Ago } from "@/ui/time";
import { roleNames } from "./paths";
import { PeopleField } from "./people_field";

interface PeopleProps {
  path: string; // of the group
  group: Group;
  participants: Participant[];
  isAdmin: boolean;
}

async function change(path: string, action: ParticipantAction, participants: string[]): Promise<Outcome[]> {
  const body = { action, participants };
  const { results } = await api.post<{ results: Outcome[] }>(`${path}/participants`, body);
  invalidate(path);
  return results;
}

export function PeopleCard({ path, group, participants, isAdmin }: PeopleProps) {
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title="People"
      flush
      actions={
        (isAdmin || group.members_add) && (
          <Button icon="addperson" onClick={() => setAdding(true)}>
            Add people
          </Button>
        )
      }
    >
      <table class="table">
        <thead>
          <tr>
            <th>Name</th>
            <th>Number</th>
            <th>Role</th>
            <th>Since</th>
            {isAdmin && (
              <th>
                <span class="visually-hidden">What to do</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {participants.map((one) => (
            <PersonRow key={one.chat} one={one} path={path} subject={group.subject} isAdmin={isAdmin} />
          ))}
        </tbody>
      </table>
      {adding && <AddPeople path={path} onClose={() => setAdding(false)} />}
    </Card>
  );
}

interface RowProps {
  one: Participant;
  path: string;
  subject: string;
  isAdmin: boolean;
}

function PersonRow({ one, path, subject, isAdmin }: RowProps) {
  return (
    <tr>
      <td data-label="Name">
        <span>
          {one.name} {one.me && <Badge tone="ok">This channel</Badge>}
        </span>
      </td>
      <td data-label="Number">
        {one.phone ? (
          <Copyable text={one.phone} label={`Copy the number of ${one.name}`} />
        ) : (
          <span class="muted">Not known</span>
        )}
      </td>
      <td data-label="Role">{roleNames[one.role] ?? words(one.role)}</td>
      <td data-label="Since" class="muted">
        <Ago at={one.joined_at} />
      </td>
      {isAdmin && (
        <td class="table-actions">
          {/* Whoever made the group stays what they are. */}
          {!one.me && one.role !== "superadmin" && (
            <Menu label={`What to do with ${one.name}`} items={itemsOf(one, path, subject)} />
          )}
        </td>
      )}
    </tr>
  );
}

function itemsOf(one: Participant, path: string, subject: string): MenuItem[] {
  const act = async (action: ParticipantAction, done: string) => {
    try {
      const [refused] = notDone(await change(path, action, [one.chat]), action);
      if (refused) tellFailure("Not done", new Error(`${refused}.`));
      else tell(done);
    } catch (error) {
      tellFailure("Not done", error);
    }
  };
  const remove = async () => {
    const yes = await confirm({
      title: `Remove ${one.name}?`,
      text: `They get no more messages of ${subject || "the group"}, and everybody in it sees who removed them.`,
      action: "Remove",
    });
    if (yes) await act("remove", `${one.name} is no longer in it.`);
  };
  return [
    one.role === "member"
      ? { text: "Make an admin", icon: "up", run: () => void act("promote", `${one.name} is an admin now.`) }
      : {
          text: "Make a member",
          icon: "down",
          run: () => void act("demote", `${one.name} is no admin any more.`),
        },
    { text: "Remove", icon: "trash", danger: true, run: () => void remove() },
  ];
}

function AddPeople({ path, onClose }: { path: string; onClose: () => void }) {
  const form = useForm({ participants: "" });
  const add = async ({ participants }: typeof form.values) => {
    const people = peopleIn(participants);
    const results = await change(path, "add", people).catch((error) => {
      throw byName(error, people);
    });
    onClose();
    const left = notDone(results);
    const added = results.length - left.length;
    if (left.length > 0) tellFailure(`${added} of ${results.length} added`, new Error(`${left.join(", ")}.`));
    else tell(added === 1 ? "One person was added." : `${added} people were added.`);
  };
  return (
    <Dialog title="Add people" onClose={onClose}>
      <Form form={form} onSubmit={add}>
        <PeopleField form={form} />
        <FormActions form={form} submit="Add" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
