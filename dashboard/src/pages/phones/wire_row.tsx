import { curlOfTold } from "@/lib/curl";
import { eventText } from "@/lib/event_text";
import { dialectNames } from "@/lib/names";
import { clockTime, duration } from "@/lib/time";
import { doingOf, type WireItem } from "@/lib/wire";
import { Badge } from "@/ui/badge";
import { CopyButton } from "@/ui/copy";
import { Icon } from "@/ui/icons";
import { Json } from "@/ui/json";

interface WireRowProps {
  item: WireItem;
  open: boolean;
  onToggle: () => void;
}

export function WireRow({ item, open, onToggle }: WireRowProps) {
  return (
    <article class={`wire-row wire-${item.type}`}>
      <button type="button" class="wire-head" aria-expanded={open} onClick={onToggle}>
        <Icon name={open ? "down" : "right"} size={14} />
        <time class="muted small" dateTime={item.at}>
          {clockTime(new Date(item.at))}
        </time>
        <Head item={item} />
      </button>
      {open && <Body item={item} />}
    </article>
  );
}

function Head({ item }: { item: WireItem }) {
  switch (item.type) {
    case "call":
      return (
        <>
          <Badge tone="info">
            {dialectNames[item.api] ?? (item.api === "simulator" ? "Phone" : "Admin")}
          </Badge>
          <span class="truncate wire-what" title={`${item.method} ${item.path}`}>
            {item.api === "simulator" && doingOf(item.path, item.request)}{" "}
            <span class="mono muted">
              {item.method} {item.path}
            </span>
          </span>
          <Badge tone={item.status < 400 ? "ok" : "bad"}>{item.status}</Badge>
        </>
      );
    case "delivery":
      return (
        <>
          <Badge tone="info">Webhook</Badge>
          <span class="truncate wire-what">
            {item.name} <span class="muted">to {item.url}</span>
          </span>
          <Badge tone={item.error || (item.status ?? 500) >= 300 ? "bad" : "ok"}>
            {item.status ?? "No answer"}
          </Badge>
        </>
      );
    case "event":
      return (
        <>
          <Badge>Event</Badge>
          <span class="truncate wire-what">
            {item.name} <span class="muted">{eventText(item.name, item.body)}</span>
          </span>
        </>
      );
  }
}

function Body({ item }: { item: WireItem }) {
  if (item.type === "event")
    return (
      <div class="wire-body">
        <Json value={item.body} label={`event ${item.position}`} />
      </div>
    );
  const curl = item.type === "call" ? curlOfTold(item, location.origin) : "";
  return (
    <div class="wire-body">
      <p class="muted small">
        {duration(item.duration_ms)}
        {item.type === "delivery" &&
          `, attempt ${item.attempt}, ${dialectNames[item.dialect] ?? item.dialect}${item.error ? `: ${item.error}` : ""}`}
        {curl && (
          <>
            {" "}
            <CopyButton text={curl} label="Copy as curl" /> as curl
          </>
        )}
      </p>
      <Part title="Request" body={item.request} label={`request ${item.key}`} />
      <Part title="Answer" body={item.response} label={`answer ${item.key}`} />
      {item.type === "call" && item.request == null && item.response == null && (
        <p class="muted small">Bodies are told on servers that were started with --demo.</p>
      )}
    </div>
  );
}

function Part({ title, body, label }: { title: string; body: string | null | undefined; label: string }) {
  if (!body) return null;
  return (
    <div>
      <p class="small muted">{title}</p>
      <Json value={body} label={label} />
    </div>
  );
}
