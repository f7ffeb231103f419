import type { Person } from "@/api/sim";
import type { Channel } from "@/api/types";
import { Avatar } from "@/ui/chat/avatar";
import { Icon } from "@/ui/icons";
import { phoneHref } from "./paths";

interface PeopleProps {
  people: readonly Person[];
  channels: readonly Channel[];
  current: string | undefined;
}

const most = 60; // beyond that one goes by the address

// Whose phone to hold. Numbers that are channels come last: their phones are there, too.
export function People({ people, channels, current }: PeopleProps) {
  const isChannel = (person: Person) => channels.some((channel) => channel.phone === person.number);
  const sorted = [...people].sort((a, b) => Number(isChannel(a)) - Number(isChannel(b)));
  return (
    <nav aria-label="Whose phone">
      <ul class="people">
        {sorted.slice(0, most).map((person) => (
          <li key={person.number}>
            <a
              href={phoneHref(person.number)}
              class="person"
              aria-current={person.number === current ? "page" : undefined}
              title={person.number}
            >
              <Avatar name={person.name} small />
              <span class="person-name">
                <span class="truncate">{person.name}</span>
                <span class="muted small">{isChannel(person) ? "Channel" : person.number}</span>
              </span>
              {!person.online && (
                <>
                  <Icon name="plane" size={14} />
                  <span class="visually-hidden">Offline</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
