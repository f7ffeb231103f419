import { useGet } from "@/api/query";
import type { NodeOption } from "@/api/types";
import type { Tone } from "@/lib/names";
import { useSearch } from "@/router";
import { Badge } from "@/ui/badge";
import { Empty } from "@/ui/empty";
import { Select } from "@/ui/form";
import { Card } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { SearchField } from "@/ui/search";
import { Skeleton } from "@/ui/skeleton";

const sources: Record<NodeOption["source"], { text: string; tone: Tone }> = {
  default: { text: "Default", tone: "plain" },
  file: { text: "File", tone: "info" },
  environment: { text: "Environment", tone: "info" },
  flag: { text: "Command line", tone: "info" },
};

const choices = [
  { value: "", text: "All options" },
  { value: "set", text: "Those that are set" },
];

export function Options() {
  const got = useGet<{ options: NodeOption[] }>("/node/options");
  const [query, setQuery] = useSearch("query");
  const [which, setWhich] = useSearch("which");
  if (!got.data)
    return got.error ? (
      <ErrorNote error={got.error} what="the options" again={got.reload} />
    ) : (
      <Skeleton rows={8} />
    );
  const wanted = query.trim().toLowerCase();
  const shown = got.data.options.filter(
    ({ name, help, source }) =>
      (which !== "set" || source !== "default") &&
      (name.toLowerCase().includes(wanted) || help.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <search class="toolbar">
        <SearchField
          label="Search options"
          placeholder="Name or what it does"
          value={query}
          onChange={setQuery}
        />
        <Select aria-label="Which options" choices={choices} value={which} onChange={setWhich} />
      </search>
      <Card flush>
        {shown.length === 0 ? (
          <Empty icon="search" title="No option fits">
            None has these letters in its name or description.
          </Empty>
        ) : (
          <OptionTable options={shown} />
        )}
      </Card>
    </>
  );
}

function OptionTable({ options }: { options: NodeOption[] }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>Option</th>
          <th>Value</th>
          <th>Set by</th>
        </tr>
      </thead>
      <tbody>
        {options.map((option) => {
          const { text, tone } = sources[option.source] ?? { text: option.source, tone: "plain" };
          return (
            <tr key={option.name}>
              <td data-label="Option">
                <div>
                  <code>{option.name}</code>
                  <div class="muted small">{option.help}</div>
                </div>
              </td>
              <td data-label="Value">
                <Value option={option} />
              </td>
              <td data-label="Set by">
                <Badge tone={tone}>{text}</Badge>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Value({ option }: { option: NodeOption }) {
  if (option.secret && option.source !== "default") return <span class="muted">Set, not shown</span>;
  const value = option.value ?? option.default;
  return value === "" ? <span class="muted">None</span> : <code>{value}</code>;
}
