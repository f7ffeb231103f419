import type { TestResult } from "@/api/types";
import { duration } from "@/lib/time";
import { Dialog } from "@/ui/dialog";
import { Json } from "@/ui/json";
import { Note } from "@/ui/note";
import { Posted } from "./posted";

// How a test event fared.
export function TestDialog({ result, onClose }: { result: TestResult; onClose: () => void }) {
  const took = duration(result.duration_ms);
  const status = result.status ?? 0;
  const good = status >= 200 && status < 300;
  return (
    <Dialog title="Test event" onClose={onClose} size="wide">
      <Note tone={good ? "ok" : "bad"}>
        {status > 0
          ? `Answered ${status} in ${took}.`
          : `No answer: ${result.error ?? "the receiver is not there"}.`}
        {status > 0 && !good && " Only a 2xx counts as arrived."}
      </Note>
      <section class="exchange">
        <h3>Posted</h3>
        <Posted post={result.request} />
      </section>
      {result.response && (
        <section class="exchange">
          <h3>Answered</h3>
          <Json value={result.response} label="the answer" />
        </section>
      )}
    </Dialog>
  );
}
