import { channelStates, count, stateOf } from "@/lib/names";
import { StateBadge } from "@/ui/badge";
import { Card } from "@/ui/layout";

const order = Object.keys(channelStates);

// How many channels are in each state, as a bar and in figures.
export function ChannelStates({ states }: { states: { state: string; count: number }[] }) {
  const shown = states
    .filter((one) => one.count > 0 && one.state !== "deleted")
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const total = shown.reduce((sum, one) => sum + one.count, 0);
  return (
    <Card title="Channels by state">
      {total === 0 ? (
        <p class="muted">There are no channels yet. Make the first one on the page Channels.</p>
      ) : (
        <>
          <div class="state-bar" aria-hidden="true">
            {shown.map((one) => (
              <span
                key={one.state}
                class={`state-bar-${stateOf(one.state).tone}`}
                ref={(element) => {
                  if (element) element.style.flexGrow = String(one.count);
                }}
              />
            ))}
          </div>
          <ul class="state-counts">
            {shown.map((one) => (
              <li key={one.state}>
                <StateBadge state={one.state} /> <b>{count(one.count)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
