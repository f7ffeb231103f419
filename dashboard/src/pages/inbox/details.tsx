// One message with its history: when it took which step, and in a group with whom.

import { at } from "@/api/client";
import type { Message } from "@/api/inbox";
import { useGet } from "@/api/query";
import { peerName } from "@/lib/inbox_message";
import { words } from "@/lib/names";
import { useReread } from "@/live/use";
import { Copyable } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Json } from "@/ui/json";
import { Facts } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { At } from "@/ui/time";

interface DetailsProps {
  account: string;
  message: string;
  onClose: () => void;
}

export function Details({ account, message: id, onClose }: DetailsProps) {
  const path = at`/accounts/${account}/messages/${id}`;
  const got = useGet<Message>(path);
  useReread(["message.status", "message.receipt"], path);
  const message = got.data;
  return (
    <Dialog title="Message" onClose={onClose} size="wide">
      {got.error && <ErrorNote error={got.error} what="the message" again={got.reload} />}
      {!message && !got.error && <Skeleton rows={4} />}
      {message && (
        <div class="stack">
          <Facts
            facts={[
              ["Message id", <Copyable key="id" text={message.message_id} label="Copy the message's id" />],
              ["Kind", words(message.kind)],
              ["Status", words(message.status)],
              ["Written by", words(message.origin)],
              ["Why it failed", message.failure && (message.failure.text ?? message.failure.code)],
            ]}
          />
          {message.history.length > 0 && (
            <div>
              <h3>History</h3>
              <ol class="inbox-history">
                {message.history.map((step, index) => (
                  <li key={index}>
                    <span>{words(step.status)}</span> <At at={step.at} />
                  </li>
                ))}
              </ol>
            </div>
          )}
          {message.receipts.length > 0 && <Receipts message={message} />}
          <Json value={message.content} label="the content" />
        </div>
      )}
    </Dialog>
  );
}

function Receipts({ message }: { message: Message }) {
  return (
    <div>
      <h3>Who has it</h3>
      <ul class="inbox-history">
        {message.receipts.slice(0, 200).map((receipt, index) => {
          const when = receipt.played_at ?? receipt.read_at ?? receipt.delivered_at;
          const what = receipt.played_at ? "Played" : receipt.read_at ? "Read" : "Delivered";
          return (
            <li key={index}>
              <span>
                {peerName(receipt.participant)}, {what.toLowerCase()}
              </span>
              {when && <At at={when} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
