import { at } from "@/api/client";
import { useGet } from "@/api/query";
import type { Delivery, DeliveryDetail } from "@/api/types";
import { duration } from "@/lib/time";
import { to } from "@/router";
import { Badge } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Json } from "@/ui/json";
import { Facts } from "@/ui/layout";
import { ErrorNote, Note } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { At } from "@/ui/time";
import { deliveryStates } from "./paths";
import { Posted } from "./posted";

interface DeliveryDialogProps {
  account: string;
  one: Delivery;
  onClose: () => void;
  onReplay: (one: Delivery) => Promise<void>;
}

// One delivery: what was posted, and what was answered.
export function DeliveryDialog({ account, one, onClose, onReplay }: DeliveryDialogProps) {
  const path = at`/accounts/${account}/deliveries/${one.subscription_id}/${one.position}`;
  const got = useGet<DeliveryDetail>(path, { name: one.name });
  const now = { ...one, ...got.data };
  const state = deliveryStates[now.state];
  return (
    <Dialog title={one.name} onClose={onClose} size="wide">
      <Facts
        facts={[
          ["State", state && <Badge tone={state.tone}>{state.text}</Badge>],
          ["Attempts", String(now.attempts)],
          ["Last answer", now.last_status ? String(now.last_status) : now.last_error || "none"],
          ["Took", now.attempts > 0 && duration(now.duration_ms)],
          ["Next attempt", now.next_at && <At at={now.next_at} />],
          ["Settled", now.finished_at && <At at={now.finished_at} />],
        ]}
      />
      {!got.data && !got.error && <Skeleton rows={5} />}
      {got.error && <ErrorNote error={got.error} what="what was posted" again={got.reload} />}
      {got.data && <Exchange detail={got.data} />}
      <div class="form-actions">
        <ButtonLink href={to(`/events?event=${one.position}`)} kind="quiet">
          See the event
        </ButtonLink>
        <Button icon="refresh" kind="primary" onClick={() => void onReplay(one)}>
          Post again
        </Button>
      </div>
    </Dialog>
  );
}

function Exchange({ detail }: { detail: DeliveryDetail }) {
  const { request, answer } = detail;
  return (
    <>
      {!request && <Note tone="plain">The event is no longer kept, so what was posted cannot be told.</Note>}
      {request && (
        <section class="exchange">
          <h3>Request</h3>
          <Posted post={request} />
        </section>
      )}
      {answer && (
        <section class="exchange">
          <h3>Answer{answer.status ? ` ${answer.status}` : ""}</h3>
          {answer.body ? (
            <Json value={answer.body} label="the answer" />
          ) : (
            <p class="muted">Only what refuses is kept of an answer.</p>
          )}
        </section>
      )}
    </>
  );
}
