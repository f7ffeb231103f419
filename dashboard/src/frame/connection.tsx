// Whether the server is there. What is on the page stays while it is not.
import { useEffect, useState } from "preact/hooks";
import { serverAnswers } from "@/api/client";
import { invalidate } from "@/api/query";
import { clockTime } from "@/lib/time";
import { liveState } from "@/live/stream";
import { accounts, loadAccounts } from "@/state/accounts";
import { loadNode } from "@/state/node";
import { State } from "@/ui/badge";
import { Note } from "@/ui/note";
import "@/ui/badge.css";

const texts = {
  off: { text: "Not connected", tone: "plain" },
  connecting: { text: "Connecting", tone: "warn" },
  live: { text: "Live", tone: "ok" },
  reconnecting: { text: "Reconnecting", tone: "warn" },
} as const;

export function ConnectionDot() {
  const { text, tone } = texts[liveState.value];
  return (
    <span class="connection">
      <State text={text} tone={tone} title="The connection that brings news from the server" />
    </span>
  );
}

const patienceMs = 2000; // shorter breaks are not worth a word

export function ConnectionBanner() {
  const away = liveState.value === "reconnecting" || !serverAnswers.value;
  const [since, setSince] = useState<Date>();
  useEffect(() => {
    if (!away) return;
    const start = new Date();
    const timer = setTimeout(() => setSince(start), patienceMs);
    return () => {
      clearTimeout(timer);
      setSince(undefined);
      catchUp();
    };
  }, [away]);
  return (
    <div role="status" class="banner">
      {since && (
        <Note tone="warn">
          The server does not answer since {clockTime(since)}. What you see is from before; the page goes on
          by itself once the server is back.
        </Note>
      )}
    </div>
  );
}

// The server is back: what is shown is read again.
function catchUp(): void {
  invalidate("/");
  void loadNode();
  if (!accounts.value) void loadAccounts();
}
