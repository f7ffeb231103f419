import { useGet } from "@/api/query";
import type { NodeView } from "@/api/types";
import { bytes } from "@/lib/bytes";
import { count } from "@/lib/names";
import { duration } from "@/lib/time";
import { useEvery } from "@/lib/use_every";
import { to } from "@/router";
import { Card, Facts } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { At } from "@/ui/time";
import "./server.css";

const everyMs = 5000;

export function Server() {
  const got = useGet<NodeView>("/node");
  useEvery(everyMs, got.reload);
  const node = got.data;
  if (!node)
    return got.error ? (
      <ErrorNote error={got.error} what="the server's figures" again={got.reload} />
    ) : (
      <Skeleton rows={8} />
    );
  return (
    <div class="stack">
      <Card title="About">
        <Facts
          facts={[
            ["Version", node.version],
            ["Started", <At key="started" at={node.started_at} />],
            ["Has run for", duration(node.uptime_seconds * 1000)],
            ["Memory", bytes(node.process.memory_bytes)],
            ["Events kept", `${count(node.events.oldest)} to ${count(node.events.last)}`],
            ["Commits to the database", count(node.store.commits)],
            ["Runs", runs(node)],
            [
              "Licences",
              <a key="licences" href={to("/licences.txt")} target="_blank" rel="noopener">
                Of the programs by others in this page
              </a>,
            ],
          ]}
        />
      </Card>
      <Card title="How full it is" about="What waits, and what is used of what there is.">
        <ul class="gauges">
          {gaugesOf(node).map((gauge) => (
            <Gauge key={gauge.name} {...gauge} />
          ))}
        </ul>
      </Card>
      <Card title="Waiting">
        <Facts
          facts={[
            ["Messages to be written down", count(node.transcriptions.waiting)],
            ["Media to be looked into", count(node.media.inspections_waiting)],
            ["Webhooks under way", count(node.deliverer.in_flight)],
            ["Webhooks paused", count(node.deliverer.paused)],
            ["Webhooks with a backlog", count(node.deliverer.behind)],
          ]}
        />
      </Card>
    </div>
  );
}

function runs(node: NodeView): string | undefined {
  if (node.demo) return "As a demo";
  return node.simulated_network ? "With the simulated network" : undefined;
}

interface GaugeProps {
  name: string;
  used: number;
  limit: number;
  unit?: (value: number) => string;
}

function gaugesOf(node: NodeView): GaugeProps[] {
  const { process, store, deliverer, media, server, followers } = node;
  const { disk_bytes: disk = 0, disk_free_bytes: free = 0 } = process;
  return [
    ...(disk > 0 ? [{ name: "Disk of the data folder", used: disk - free, limit: disk, unit: bytes }] : []),
    { name: "Media", used: media.stored_bytes, limit: media.stored_bytes_limit, unit: bytes },
    { name: "Queue of the database", used: store.queued, limit: store.queue_limit },
    { name: "Queue of webhooks", used: deliverer.queued, limit: deliverer.queue_limit },
    { name: "Queue of media", used: media.waiting, limit: media.waiting_limit },
    { name: "Connections", used: server.connections, limit: server.connections_limit },
    { name: "Event streams", used: followers.waiting, limit: followers.limit },
    { name: "Open files", used: process.open_files, limit: process.open_files_limit },
  ];
}

function Gauge({ name, used, limit, unit = count }: GaugeProps) {
  return (
    <li>
      <span>{name}</span>
      <meter
        aria-label={name}
        min={0}
        max={limit}
        low={limit * 0.8}
        high={limit * 0.95}
        optimum={0}
        value={used}
      />
      <span class="muted small">{limit > 0 ? `${unit(used)} of ${unit(limit)}` : unit(used)}</span>
    </li>
  );
}
