// Simulated phones: on the left one that is held, on the right what the gateway makes of it.
import { useState } from "preact/hooks";
import { useGet } from "@/api/query";
import type { Person } from "@/api/sim";
import type { Channel } from "@/api/types";
import { useEvery } from "@/lib/use_every";
import { useReread } from "@/live/use";
import { type PageProps, useSearch } from "@/router";
import { Button } from "@/ui/button";
import { Empty } from "@/ui/empty";
import { PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Curl } from "./curl";
import { Faults } from "./faults";
import { NewPerson } from "./new_person";
import { People } from "./people";
import { PhoneFrame } from "./phone";
import { Wire } from "./wire";
import "./phones.css";

export default function Phones({ params: { number } }: PageProps) {
  const people = useGet<{ people: Person[] }>("/sim/people", { limit: 1000 });
  const channels = useGet<{ channels: Channel[] }>("/channels", { limit: 500 });
  const [chat] = useSearch("chat");
  const [making, setMaking] = useState(false);
  useReread(["channel.state"], "/channels");
  useEvery(15_000, () => void people.reload());

  const all = people.data?.people ?? [];
  const ours = (channels.data?.channels ?? []).filter((channel) => channel.state !== "deleted");
  const isOurs = (person: Person) => ours.some((channel) => channel.phone === person.number);
  const person = number
    ? all.find((one) => one.number.replace("+", "") === number.replace("+", ""))
    : (all.find((one) => !isOurs(one)) ?? all[0]);
  const isMissing = people.error?.code === "no_simulated_network";

  return (
    <>
      <PageHead
        title="Simulated phones"
        about="Hold somebody's phone, and watch what the gateway makes of what they do. Nothing leaves this machine."
        actions={
          !isMissing && (
            <Button icon="addperson" onClick={() => setMaking(true)}>
              New person
            </Button>
          )
        }
      />
      {isMissing && (
        <Empty icon="phones" title="No simulated network runs here">
          Start the server with <code>--simulated-network</code>, or with <code>--demo</code> to have people
          and channels on it at once.
        </Empty>
      )}
      {people.error && !isMissing && (
        <ErrorNote error={people.error} what="the people" again={people.reload} />
      )}
      {!people.data && !people.error && <Skeleton rows={8} />}
      {people.data && all.length === 0 && (
        <Empty
          icon="phones"
          title="Nobody is on the network yet"
          action={
            <Button kind="primary" icon="addperson" onClick={() => setMaking(true)}>
              New person
            </Button>
          }
        >
          A person is a number with a phone. Make one, then write to a channel from it.
        </Empty>
      )}
      {people.data && all.length > 0 && number && !person && (
        <Empty icon="search" title="Nobody has this number">
          <code>{number}</code> is not on the network. Choose somebody else, or make this person.
        </Empty>
      )}
      {all.length > 0 && <People people={all} channels={ours} current={person?.number} />}
      {person && (
        <div class="phones" key={person.number}>
          <div class="phones-left">
            <PhoneFrame person={person} people={all} channels={ours} onPerson={people.reload} />
            <div class="phones-faults">
              <Faults person={person} />
            </div>
          </div>
          <div class="phones-right">
            <Curl person={person} channels={ours} chat={chat} />
            <Wire person={person} />
          </div>
        </div>
      )}
      {making && (
        <NewPerson people={all} onClose={() => setMaking(false)} onMade={() => void people.reload()} />
      )}
    </>
  );
}
