// A chart over time. What it shows is also in words: in its legend and, for screen readers, in its label.
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { clockTime, minuteTime } from "@/lib/time";
import { shownTheme } from "@/state/theme";
import "./chart.css";

export interface Line {
  label: string;
  color: 1 | 2 | 3 | 4; // --chart-N
  values: readonly (number | null)[]; // null: unknown then
}

interface ChartProps {
  title: string;
  times: readonly number[]; // Unix seconds
  lines: readonly Line[];
  format: (value: number) => string;
  seconds: number; // that are shown, up to the last time
}

const height = 180;

export function Chart({ title, times, lines, format, seconds }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const data = [times, ...lines.map((line) => line.values)] as uPlot.AlignedData;
  const theme = shownTheme.value;
  const [pointed, setPointed] = useState<number | null>(null); // index of the time that is pointed at
  const names = lines.map((line) => line.label).join();

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(
      optionsOf({ lines, format, seconds }, element.clientWidth, setPointed),
      data,
      element,
    );
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
    };
  }, [theme, names, seconds]);

  useEffect(() => plot.current?.setData(data), [times, lines]);

  return (
    <figure class="chart">
      <figcaption class="chart-legend">
        {lines.map((line) => (
          <span key={line.label} class="chart-name">
            <span class={`chart-key chart-key-${line.color}`} aria-hidden="true" />
            {line.label}{" "}
            <b>{pointed === null ? latest(line, format) : shown(line.values[pointed], format)}</b>
          </span>
        ))}
        {pointed !== null && (
          <span class="chart-time">{clockTime(new Date((times[pointed] ?? 0) * 1000))}</span>
        )}
      </figcaption>
      <div ref={place} class="chart-plot" role="img" aria-label={`${title}: ${summary(lines, format)}`} />
    </figure>
  );
}

function shown(value: number | null | undefined, format: ChartProps["format"]): string {
  return value === undefined || value === null ? "unknown" : format(value);
}

function latest(line: Line, format: ChartProps["format"]): string {
  const value = line.values.findLast((one) => one !== null);
  return value === undefined || value === null ? "none yet" : format(value);
}

function summary(lines: readonly Line[], format: ChartProps["format"]): string {
  return lines
    .map((line) => {
      const known = line.values.filter((value) => value !== null);
      const most = known.reduce((a, b) => Math.max(a, b), 0);
      return `${line.label} ${latest(line, format)} now, ${format(most)} at most`;
    })
    .join("; ");
}

type Shown = Pick<ChartProps, "lines" | "format" | "seconds">;

function optionsOf(
  { lines, format, seconds }: Shown,
  width: number,
  onPoint: (index: number | null) => void,
): uPlot.Options {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string) => styles.getPropertyValue(name).trim();
  const axis = {
    stroke: color("--text-3"),
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
    font: `11px ${color("--font")}`,
  };
  return {
    width,
    height,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
    cursor: { y: false, points: { size: 6 } },
    scales: {
      x: { range: (_plot, _first, last) => [(last ?? seconds) - seconds, last ?? seconds] },
      y: { range: (_plot, _low, high) => [0, Math.max(high * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 24,
        values: (_plot, values) => values.map((seconds) => minuteTime(new Date(seconds * 1000))),
      },
      { ...axis, size: 48, values: (_plot, values) => values.map(format) },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: color(`--chart-${line.color}`),
        width: 1.75,
        points: { show: false },
        value: (_plot: uPlot, value: number | null) => (value === null ? "" : format(value)),
      })),
    ],
  };
}
