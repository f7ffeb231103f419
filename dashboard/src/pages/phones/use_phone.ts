// What a simulated phone shows, kept up to date: read again when the gateway tells of anything, after what
// is done on it here, and every few seconds, as the gateway does not hear of what phones do among each other.
import { useEffect, useRef, useState } from "preact/hooks";
import { type ApiError, api, asApiError } from "@/api/client";
import { type PhoneCall, type PhoneChat, type PhoneGroup, type PhoneRow, personPath } from "@/api/sim";
import { mergeRows } from "@/lib/phone_message";
import { useEvery } from "@/lib/use_every";
import { useEvents } from "@/live/use";

const everyMs = 3000;
const soonMs = 120;
const apartMs = 600; // between two readings, however much happens
const keptRows = 2000; // of each box
const rereadRows = 200; // marks change older rows: so far back they are read again
const page = 1000;
const pagesAtMost = 50;

export interface Phone {
  inbox: PhoneRow[];
  outbox: PhoneRow[];
  chats: PhoneChat[];
  calls: PhoneCall[];
  groups: PhoneGroup[]; // those of others, too: chats of groups that were left are there
  loaded: boolean;
  error: ApiError | undefined;
}

const nothing: Phone = {
  inbox: [],
  outbox: [],
  chats: [],
  calls: [],
  groups: [],
  loaded: false,
  error: undefined,
};

async function readBox(path: string, known: PhoneRow[]): Promise<PhoneRow[]> {
  let rows = known;
  let after = Math.max(0, (known.at(-1)?.seq ?? 0) - rereadRows);
  for (let count = 0; count < pagesAtMost; count++) {
    const { messages } = await api.get<{ messages: PhoneRow[] }>(path, { after, limit: page });
    rows = mergeRows(rows, messages, keptRows);
    const last = messages.at(-1);
    if (!last || messages.length < page) return rows;
    after = last.seq;
  }
  return rows;
}

const isInChats = (row: PhoneRow) => row.broadcast !== "status@broadcast" && row.to !== "status@broadcast";

export function usePhone(number: string): Phone & { reread: () => void } {
  const [phone, setPhone] = useState(nothing);
  const boxes = useRef<{ inbox: PhoneRow[]; outbox: PhoneRow[] }>({ inbox: [], outbox: [] });
  const under = useRef(false);
  const again = useRef(false);
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const gone = useRef(false);
  const begun = useRef(0);

  const read = async () => {
    if (under.current) {
      again.current = true;
      return;
    }
    under.current = true;
    begun.current = Date.now();
    try {
      const path = personPath(number);
      const [inbox, outbox, { chats }, { calls }, { groups }] = await Promise.all([
        readBox(`${path}/inbox`, boxes.current.inbox),
        readBox(`${path}/outbox`, boxes.current.outbox),
        api.get<{ chats: PhoneChat[] }>(`${path}/chats`),
        api.get<{ calls: PhoneCall[] }>(`${path}/calls`),
        api.get<{ groups: PhoneGroup[] }>("/sim/groups", { limit: 1000 }),
      ]);
      boxes.current = { inbox, outbox };
      if (!gone.current)
        setPhone({
          inbox: inbox.filter(isInChats),
          outbox: outbox.filter(isInChats),
          chats,
          calls,
          groups,
          loaded: true,
          error: undefined,
        });
    } catch (error) {
      if (!gone.current) setPhone((old) => ({ ...old, loaded: true, error: asApiError(error) }));
    }
    under.current = false;
    if (again.current && !gone.current) {
      again.current = false;
      void read();
    }
  };
  const readSoon = () => {
    const wait = Math.max(soonMs, begun.current + apartMs - Date.now());
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      void read();
    }, wait);
  };

  useEffect(() => {
    void read();
    return () => {
      gone.current = true;
      clearTimeout(soon.current);
    };
  }, []);
  useEvery(everyMs, readSoon);
  useEvents(undefined, readSoon, readSoon);
  return { ...phone, reread: () => void read() };
}
