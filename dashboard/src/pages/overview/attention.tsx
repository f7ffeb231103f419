import type { Attention as Item } from "@/api/types";
import { toRoute } from "@/router";
import { accountName } from "@/state/accounts";
import { Icon } from "@/ui/icons";
import { Card } from "@/ui/layout";
import { Ago } from "@/ui/time";

// What somebody should look at, the worst first. Each leads to where something can be done about it.
export function Attention({ items }: { items: Item[] }) {
  if (items.length === 0)
    return (
      <p class="calm">
        <Icon name="done" />
        Nothing needs attention.
      </p>
    );
  const sorted = items.toSorted((a, b) => rank(a) - rank(b));
  return (
    <Card title="Needs attention" flush>
      <ul class="attention">
        {sorted.map((item) => (
          <li
            key={`${item.kind} ${item.channel_id} ${item.subscription_id} ${item.text}`}
            class={`attention-${item.severity}`}
          >
            <Icon name={item.severity === "error" ? "error" : "warning"} />
            <div>
              <Text item={item} />
              <div class="muted small">
                {item.account_id && `${accountName(item.account_id)}`}
                {item.account_id && item.since && ", "}
                {item.since && <Ago at={item.since} />}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function rank(item: Item): number {
  return item.severity === "error" ? 0 : 1;
}

function Text({ item }: { item: Item }) {
  const href = linkOf(item);
  const severity = <span class="visually-hidden">{item.severity === "error" ? "Error: " : "Warning: "}</span>;
  return href ? (
    <a href={href}>
      {severity}
      {item.text}
    </a>
  ) : (
    <span>
      {severity}
      {item.text}
    </span>
  );
}

function linkOf({ account_id: account, channel_id: channel, subscription_id: subscription, kind }: Item) {
  if (!account) return undefined;
  if (channel && !subscription) return toRoute("/accounts/:account/channels/:channel", { account, channel });
  if (subscription) return toRoute("/accounts/:account/webhooks/:subscription", { account, subscription });
  if (kind === "dead_letters")
    return `${toRoute("/accounts/:account/webhooks", { account })}?tab=deliveries&state=dead`;
  return undefined;
}
