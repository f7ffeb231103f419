// What may go wrong on the way to or from this phone. Rules hold until they are taken off.
import { api, at } from "@/api/client";
import { useGet } from "@/api/query";
import type { Fault, FaultRule, Person } from "@/api/sim";
import { tellFailure } from "@/state/toasts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { AskedSwitch } from "@/ui/form";
import { Card } from "@/ui/layout";

interface Preset {
  label: string;
  hint: string;
  rule: (number: string) => FaultRule;
}

const presets: Preset[] = [
  {
    label: "Slow network",
    hint: "Messages to this phone come five seconds later.",
    rule: (number) => ({ effect: "delay", ms: 5000, match: { to: number } }),
  },
  {
    label: "Messages get lost",
    hint: "They are acknowledged and never arrive: one tick for ever.",
    rule: (number) => ({ effect: "drop", match: { to: number } }),
  },
  {
    label: "Messages come twice",
    hint: "Each arrives as two copies.",
    rule: (number) => ({ effect: "duplicate", match: { to: number } }),
  },
  {
    label: "Messages are refused",
    hint: "The network gives them back: they fail with code 470.",
    rule: (number) => ({
      effect: "refuse",
      code: "470",
      text: "Refused by a fault rule",
      match: { to: number },
    }),
  },
  {
    label: "Late receipts",
    hint: "Ticks come up to ten seconds late, and overtake each other.",
    rule: (number) => ({ effect: "delay_receipts", min_ms: 1000, max_ms: 10_000, match: { to: number } }),
  },
  {
    label: "No answer to the gateway",
    hint: "A message to this phone is carried, and the gateway never hears so.",
    rule: (number) => ({ effect: "no_answer", carried: true, match: { to: number } }),
  },
  {
    label: "The gateway's connection breaks",
    hint: "In the middle of sending to this phone; it is sent again afterwards.",
    rule: (number) => ({ effect: "disconnect", carried: true, count: 1, match: { to: number } }),
  },
];

export function Faults({ person }: { person: Person }) {
  const got = useGet<{ faults: Fault[] }>("/sim/faults");
  const rules = got.data?.faults ?? [];
  const bare = person.number.replace("+", "");
  const isOf = ({ match = {} }: FaultRule) => match.to?.replace("+", "") === bare;
  const mine = rules.filter(({ rule }) => isOf(rule));
  const others = rules.filter(({ rule }) => !isOf(rule));

  const change = async (work: () => Promise<unknown>) => {
    let isDone = true;
    try {
      await work();
    } catch (error) {
      isDone = false;
      tellFailure("The fault did not change", error);
    }
    await got.reload();
    return isDone;
  };
  const remove = (faults: Fault[]) =>
    change(() => Promise.all(faults.map((fault) => api.delete(at`/sim/faults/${fault.id}`))));

  return (
    <Card
      title="Faults"
      about="What goes wrong, to see how the gateway and your program take it."
      actions={rules.length > 0 && <Badge tone="warn">{rules.length} on</Badge>}
    >
      <div class="stack">
        <div class="faults">
          {presets.map((preset) => {
            const rule = preset.rule(person.number);
            const set = mine.filter((fault) => fault.rule.effect === rule.effect);
            return (
              <AskedSwitch
                key={preset.label}
                label={preset.label}
                hint={preset.hint}
                checked={set.length > 0}
                ask={(on) => (on ? change(() => api.post("/sim/faults", rule)) : remove(set))}
              />
            );
          })}
        </div>
        {others.length > 0 && (
          <div class="faults-others">
            <span class="muted small">
              {others.length === 1 ? "One more rule is" : `${others.length} more rules are`} about other
              numbers.
            </span>
            <Button small onClick={() => void remove(others)}>
              Take them off
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
