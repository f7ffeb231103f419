import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { useGet } from "@/api/query";
import type { Channel, MessageTemplate } from "@/api/types";
import { stateOf } from "@/lib/names";
import { useReread } from "@/live/use";
import { NoScope, ScopeSearch, useScope } from "@/pages/channels/scope";
import { type PageProps, toRoute, useSearch } from "@/router";
import { tell, tellFailure } from "@/state/toasts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Dialog } from "@/ui/dialog";
import { Empty } from "@/ui/empty";
import { Json } from "@/ui/json";
import { Card, PageHead } from "@/ui/layout";
import { Menu } from "@/ui/menu";
import { ErrorNote, Note } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { CreateTemplate } from "./create";
import { hasTemplates, templatePath, templateStates, templatesPath } from "./paths";
import { TemplatePreview } from "./preview";

export default function Templates({ params: { account = "" } }: PageProps) {
  const scope = useScope(account, hasTemplates);
  const [query, setQuery] = useSearch("query");
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHead
        title="Templates"
        about="Messages that a business number may begin a conversation with. WhatsApp reviews each."
        actions={
          scope.channel && (
            <Button kind="primary" icon="plus" onClick={() => setCreating(true)}>
              New template
            </Button>
          )
        }
      />
      <NoScope scope={scope} icon="templates" title="No channel has templates">
        Numbers of the Cloud API have templates, and business numbers of the simulated network. Numbers that
        are linked by QR code write what they like.
      </NoScope>
      {scope.channel && (
        <>
          <ScopeSearch
            scope={scope}
            label="Search templates"
            placeholder="Name or text"
            query={query}
            onQuery={setQuery}
          />
          <TemplateList key={scope.channel.channel_id} channel={scope.channel} query={query} />
        </>
      )}
      {creating && scope.channel && (
        <CreateTemplate channel={scope.channel} onClose={() => setCreating(false)} />
      )}
    </>
  );
}

// One of a name in one of its languages.
function keyOf(template: MessageTemplate): string {
  return `${template.name}.${template.language}`;
}

function hrefOf(channel: Channel, template: MessageTemplate): string {
  const page = toRoute("/accounts/:account/templates", { account: channel.account_id });
  return `${page}?${new URLSearchParams({ channel: channel.channel_id, template: keyOf(template) })}`;
}

function TemplateList({ channel, query }: { channel: Channel; query: string }) {
  const path = templatesPath(channel);
  const got = useGet<{ templates: MessageTemplate[] }>(path);
  const [shownKey, setShownKey] = useSearch("template");
  useReread(["template.status"], path);
  if (got.error?.code === "not_supported")
    return (
      <Empty icon="templates" title="This channel has no templates">
        Templates come with a business number, where this server can read them.
      </Empty>
    );
  if (!got.data)
    return got.error ? (
      <ErrorNote error={got.error} what="the templates" again={got.reload} />
    ) : (
      <Skeleton rows={6} />
    );
  if (got.data.templates.length === 0)
    return (
      <Empty icon="templates" title="No templates yet">
        Hand one in. As soon as WhatsApp has approved it, it can be sent, also to people who have not written
        for a day.
      </Empty>
    );
  const wanted = query.trim().toLowerCase();
  const fitting = got.data.templates.filter((one) =>
    [one.name, JSON.stringify(one.components)].some((text) => text.toLowerCase().includes(wanted)),
  );
  const shown = got.data.templates.find((one) => keyOf(one) === shownKey);
  return (
    <>
      <Card flush>
        {fitting.length === 0 ? (
          <Empty icon="search" title="No template fits">
            None has these letters in its name or text.
          </Empty>
        ) : (
          <table class="table table-links">
            <thead>
              <tr>
                <th>Template</th>
                <th>Language</th>
                <th>Category</th>
                <th>State</th>
                <th>
                  <span class="visually-hidden">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {fitting.map((one) => (
                <TemplateRow key={keyOf(one)} template={one} channel={channel} onDeleted={got.reload} />
              ))}
            </tbody>
          </table>
        )}
      </Card>
      {shown && <Shown template={shown} onClose={() => setShownKey("")} />}
    </>
  );
}

interface RowProps {
  template: MessageTemplate;
  channel: Channel;
  onDeleted: () => void;
}

function TemplateRow({ template, channel, onDeleted }: RowProps) {
  const { name, language, category, status, reason } = template;
  const { text, tone } = templateStates[status] ?? stateOf(status);
  const remove = async () => {
    const yes = await confirm({
      title: `Delete ${name}?`,
      text: "It goes in all its languages, and programs that send it are refused. WhatsApp does not let its name be used again for a month.",
      action: "Delete",
    });
    if (!yes) return;
    try {
      await api.delete(templatePath(channel, name));
      tell(`${name} was deleted.`);
      onDeleted();
    } catch (error) {
      tellFailure("Not deleted", error);
    }
  };
  return (
    <tr>
      <td data-label="Template">
        <a class="row-link" href={hrefOf(channel, template)}>
          {name}
        </a>
      </td>
      <td data-label="Language">
        <code>{language}</code>
      </td>
      <td data-label="Category">{stateOf(category.toLowerCase()).text}</td>
      <td data-label="State">
        <div>
          <Badge tone={tone}>{text}</Badge>
          {reason && <div class="muted small">{stateOf(reason.toLowerCase()).text}</div>}
        </div>
      </td>
      <td class="table-actions">
        <Menu
          label={`What to do with ${name} in ${language}`}
          items={[{ text: "Delete", icon: "trash", danger: true, run: remove }]}
        />
      </td>
    </tr>
  );
}

function Shown({ template, onClose }: { template: MessageTemplate; onClose: () => void }) {
  const reason = template.reason && stateOf(template.reason.toLowerCase()).text;
  return (
    <Dialog title={`${template.name}, ${template.language}`} onClose={onClose} size="wide">
      {reason && <Note tone={template.status === "rejected" ? "bad" : "warn"}>{reason}.</Note>}
      <TemplatePreview components={template.components} />
      <h3>Components</h3>
      <Json value={template.components} label="Components" />
    </Dialog>
  );
}
