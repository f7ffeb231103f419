import { useGet } from "@/api/query";
import type { Overview as OverviewView } from "@/api/types";
import { duration } from "@/lib/time";
import { useEvery } from "@/lib/use_every";
import { useReread } from "@/live/use";
import { node } from "@/state/node";
import { PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Attention } from "./attention";
import { ChannelStates } from "./channel_states";
import { Charts } from "./charts";
import { Figures } from "./figures";
import "./overview.css";

const path = "/overview";
const everyMs = 5000; // as often as the server takes samples

export default function Overview() {
  const got = useGet<OverviewView>(path);
  useEvery(everyMs, got.reload);
  useReread(["channel.state", "subscription.disabled"], path);
  const view = got.data;
  return (
    <>
      <PageHead title="Overview" about={<Running />} />
      <div class="stack">
        {!view && !got.error && <Skeleton rows={8} />}
        {got.error && !view && <ErrorNote error={got.error} what="the overview" again={got.reload} />}
        {view && <Attention items={view.attention} />}
        {view && <Figures view={view} />}
        {(view || node.value) && <ChannelStates states={view?.channels ?? node.value?.channels ?? []} />}
        {view && <Charts view={view} />}
      </div>
    </>
  );
}

function Running() {
  const now = node.value;
  if (!now) return null;
  return (
    <>
      Parley {now.version} has run for {duration(now.uptime_seconds * 1000)}
      {now.demo && ", as a demo"}.
    </>
  );
}
