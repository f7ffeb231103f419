import { useMemo } from "preact/hooks";
import type { Overview } from "@/api/types";
import { count } from "@/lib/names";
import { knownTimes, milliseconds, newest, perSecond, rate, type Samples, timesOf } from "@/lib/series";
import { useSearch } from "@/router";
import { Chart, type Line } from "@/ui/chart";
import { Segmented } from "@/ui/form";
import { Card } from "@/ui/layout";

const spans = [
  { value: "300", text: "5 min" },
  { value: "900", text: "15 min" },
  { value: "3600", text: "1 hour" },
];

interface ChartSpec {
  title: string;
  series: [name: string, label: string, color: Line["color"]][];
  of: (values: Samples, step: number) => Samples; // what is drawn of the samples
  format: (value: number) => string;
}

const charts: ChartSpec[] = [
  {
    title: "Messages per second",
    of: perSecond,
    format: rate,
    series: [
      ["accepted", "Accepted", 1],
      ["sent", "Sent", 2],
      ["received", "Received", 3],
    ],
  },
  {
    title: "Webhook deliveries per second",
    of: perSecond,
    format: rate,
    series: [
      ["webhooks_delivered", "Delivered", 1],
      ["webhooks_failed", "Failed", 4],
    ],
  },
  {
    title: "Waiting",
    of: (values) => values,
    format: count,
    series: [
      ["queue", "For the store", 1],
      ["deliveries_waiting", "Deliveries", 2],
    ],
  },
  {
    title: "Time taken",
    of: knownTimes,
    format: milliseconds,
    series: [
      ["request_ms", "Requests of programs, mean", 1],
      ["store_commit_ms", "Commits of the store", 2],
    ],
  },
];

export function Charts({ view }: { view: Overview }) {
  const [span, setSpan] = useSearch("span");
  const seconds = Number(span) || 900;
  return (
    <section class="stack" aria-label="Over time">
      <div class="charts-head">
        <h2>Over time</h2>
        <Segmented label="Time span" choices={spans} value={String(seconds)} onChange={setSpan} />
      </div>
      <div class="charts">
        {charts.map((spec) => (
          <Card key={spec.title} title={spec.title}>
            <OneChart spec={spec} view={view} seconds={seconds} />
          </Card>
        ))}
      </div>
    </section>
  );
}

function OneChart({ spec, view, seconds }: { spec: ChartSpec; view: Overview; seconds: number }) {
  const { times, lines } = useMemo(() => linesOf(spec, view, seconds), [spec, view, seconds]);
  return <Chart title={spec.title} times={times} lines={lines} format={spec.format} seconds={seconds} />;
}

function linesOf(spec: ChartSpec, view: Overview, seconds: number): { times: number[]; lines: Line[] } {
  const step = view.step_seconds;
  const length = Math.max(0, ...Object.values(view.series).map((values) => values.length));
  const lines = spec.series
    .filter(([name]) => view.series[name])
    .map(([name, label, color]): Line => {
      const values = view.series[name] ?? [];
      return { label, color, values: newest(spec.of(values, step), step, seconds) };
    });
  return { times: newest(timesOf(view.from, step, length), step, seconds), lines };
}
