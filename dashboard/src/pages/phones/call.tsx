// A call that rings or goes on lies over the phone's screen.
import { useEffect, useRef } from "preact/hooks";
import { api, at } from "@/api/client";
import { personPath } from "@/api/sim";
import { everySecond } from "@/lib/clock";
import { countdown } from "@/lib/time";
import { tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { Avatar } from "@/ui/chat/avatar";
import type { World } from "./phone";

export function CallScreen({ world }: { world: World }) {
  const { person, phone, nameOf } = world;
  const element = useRef<HTMLElement>(null);
  const call = phone.calls.find((one) => one.status === "ringing" || one.status === "accepted");
  const id = call?.id;
  useEffect(() => {
    if (id) element.current?.focus({ preventScroll: true });
  }, [id]);
  if (!call) return null;

  const isMine = call.from === person.number;
  const other = nameOf(isMine ? call.to : call.from);
  const rings = call.status === "ringing";
  const act = async (action: string) => {
    try {
      await api.post(personPath(person.number) + at`/calls/${call.id}`, { action });
    } catch (error) {
      tellFailure("The call did not change", error);
    }
    phone.reread();
  };
  const kind = call.video ? "video call" : "call";
  const seconds = (everySecond.value - call.timestamp * 1000) / 1000;
  return (
    <section ref={element} class="call" role="alertdialog" aria-label={`${kind} with ${other}`} tabIndex={-1}>
      <span class={rings ? "call-rings" : ""}>
        <Avatar name={other} />
      </span>
      <p class="call-name">{other}</p>
      <p class="call-state" role="status">
        {rings ? (isMine ? `Calling, ${kind}` : `Incoming ${kind}`) : "Connected"}
      </p>
      {!rings && <p class="call-state">{countdown(Math.floor(seconds))}</p>}
      <div class="call-buttons">
        {rings && !isMine && (
          <Button kind="primary" icon="call" onClick={() => void act("accept")}>
            Accept
          </Button>
        )}
        <Button kind="danger" icon="hangup" onClick={() => void act(rings && !isMine ? "reject" : "hang_up")}>
          {rings && !isMine ? "Reject" : "Hang up"}
        </Button>
      </div>
    </section>
  );
}
