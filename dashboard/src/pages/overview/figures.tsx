import type { Overview } from "@/api/types";
import { count } from "@/lib/names";
import { knownTimes, meanOf, milliseconds, perSecond, rate } from "@/lib/series";

const samples = 6; // half a minute: calmer than the last sample, and still now

interface Figure {
  name: string;
  value: string;
  unit?: string;
  about: string;
  bad?: boolean;
}

function figuresOf({ series, step_seconds: step, totals }: Overview): Figure[] {
  const perSecondOf = (name: string) => meanOf(perSecond(series[name] ?? [], step), samples);
  const shown = (value: number | undefined, format: (value: number) => string) =>
    value === undefined ? "–" : format(value);
  const flow = (name: string, series: string): Figure => ({
    name,
    value: shown(perSecondOf(series), rate),
    unit: "/s",
    about: `${count(totals[series] ?? 0)} since the start`,
  });
  const failed = flow("Webhooks failed", "webhooks_failed");
  return [
    flow("Messages out", "accepted"),
    flow("Messages in", "received"),
    flow("Webhooks posted", "webhooks_delivered"),
    { ...failed, bad: Number(failed.value) > 0 },
    {
      name: "Posts waiting",
      value: shown(series.deliveries_waiting?.at(-1) ?? undefined, count),
      about: "with those under way",
    },
    {
      name: "Time of a request",
      value: shown(meanOf(knownTimes(series.request_ms ?? []), samples), milliseconds),
      about: "mean of half a minute",
    },
  ];
}

export function Figures({ view }: { view: Overview }) {
  return (
    <dl class="figures">
      {figuresOf(view).map((figure) => (
        <div key={figure.name} class={figure.bad ? "figure figure-bad" : "figure"}>
          <dt>{figure.name}</dt>
          <dd>
            <span class="figure-value">
              {figure.value}
              {figure.unit && <span class="figure-unit">{figure.unit}</span>}
            </span>
            <span class="muted small">{figure.about}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
