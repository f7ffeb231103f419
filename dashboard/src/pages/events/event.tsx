import { at } from "@/api/client";
import { useGet } from "@/api/query";
import type { EventDetail, LoggedEvent } from "@/api/types";
import { channelLabel, eventText } from "@/lib/event_text";
import { dialectNames } from "@/lib/names";
import { toRoute } from "@/router";
import { accountName } from "@/state/accounts";
import { Button } from "@/ui/button";
import { Copyable } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Json } from "@/ui/json";
import { Facts } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { At } from "@/ui/time";

interface EventDialogProps {
  position: number;
  events: LoggedEvent[]; // of the list: what is there already is shown at once
  onMove: (position: number) => void;
  onClose: () => void;
}

// An event as it is stored, and as each dialect's subscribers get it, side by side.
export function EventDialog({ position, events, onMove, onClose }: EventDialogProps) {
  const got = useGet<EventDetail>(at`/events/${position}`);
  const index = events.findIndex((event) => event.position === position);
  const event: EventDetail | undefined = got.data ?? events[index];
  return (
    <Dialog title={event ? event.name : `Event ${position}`} onClose={onClose} size="full">
      <div class="event-dialog">
        {!event && !got.error && <Skeleton rows={8} />}
        {event && <About event={event} />}
        {got.error && (
          <ErrorNote error={got.error} what="the event in the dialects' shapes" again={got.reload} />
        )}
        {event && <Shapes event={event} />}
      </div>
      {index >= 0 && (
        <div class="event-steps">
          <Step text="Newer" event={events[index - 1]} onMove={onMove} />
          <Step text="Older" event={events[index + 1]} onMove={onMove} />
        </div>
      )}
    </Dialog>
  );
}

function Step({
  text,
  event,
  onMove,
}: {
  text: string;
  event: LoggedEvent | undefined;
  onMove: (to: number) => void;
}) {
  return (
    <Button small disabled={!event} onClick={() => event && onMove(event.position)}>
      {text}
    </Button>
  );
}

function About({ event }: { event: EventDetail }) {
  const { account_id: account, channel_id: channel } = event;
  return (
    <>
      <p>{eventText(event.name, event.body)}</p>
      <Facts
        facts={[
          ["Position", String(event.position)],
          ["When", <At key="at" at={event.at} />],
          ["Account", accountName(account)],
          [
            "Channel",
            channel && (
              <a href={toRoute("/accounts/:account/channels/:channel", { account, channel })}>
                {channelLabel(event.body) || channel}
              </a>
            ),
          ],
          ["Id", <Copyable key="id" text={event.id} label="Copy the event's id" />],
        ]}
      />
    </>
  );
}

function Shapes({ event }: { event: EventDetail }) {
  const shapes = Object.entries(event.shapes ?? {});
  const silent = shapes
    .filter(([, payloads]) => payloads.length === 0)
    .map(([dialect]) => dialectNames[dialect]);
  return (
    <>
      <div class="shapes">
        <section class="shape">
          <h3>As stored</h3>
          <Json value={event.body} label="the body as stored" />
        </section>
        {shapes.flatMap(([dialect, payloads]) =>
          payloads.map((payload) => (
            <section key={`${dialect} ${payload.name}`} class="shape">
              <h3 class="shape-name">
                {dialectNames[dialect] ?? dialect} <code class="muted">{payload.name}</code>
              </h3>
              <Json value={payload.body} label={`${dialect} ${payload.name}`} />
            </section>
          )),
        )}
      </div>
      {silent.length > 0 && <p class="muted">Not told to subscribers of {silent.join(" and ")}.</p>}
    </>
  );
}
