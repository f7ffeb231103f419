import { channelIn, type Template } from "@/api/inbox";
import { useGet } from "@/api/query";
import type { Channel } from "@/api/types";
import { filled, variablesOf } from "@/lib/template_text";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, SelectField, TextField, useForm } from "@/ui/form";
import { ErrorNote, Note } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import type { Draft } from "./drafts";

interface TemplateProps {
  channel: Channel;
  onSend: (draft: Draft) => Promise<void>;
  onClose: () => void;
}

const keyOf = (template: Template) => `${template.name} ${template.language}`;
const bodyOf = (template: Template) => template.components.find((part) => part.type === "BODY")?.text ?? "";

// What this dialog has no fields for: files and variables above the text.
function isSimple(template: Template): boolean {
  const header = template.components.find((part) => part.type === "HEADER");
  return !header || (header.format === "TEXT" && variablesOf(header.text ?? "").length === 0);
}

export function TemplateDialog({ channel, onSend, onClose }: TemplateProps) {
  const path = `${channelIn(channel.account_id, channel.channel_id)}/templates`;
  const got = useGet<{ templates: Template[] }>(path);
  const approved = (got.data?.templates ?? []).filter((template) => template.status === "approved");
  return (
    <Dialog title="Send a template" onClose={onClose}>
      {got.error && <ErrorNote error={got.error} what="the templates" again={got.reload} />}
      {!got.data && !got.error && <Skeleton rows={3} />}
      {got.data && approved.length === 0 && (
        <Note>No template is approved yet. Hand one in on the page of templates.</Note>
      )}
      {approved.length > 0 && <Fill templates={approved} onSend={onSend} onClose={onClose} />}
    </Dialog>
  );
}

interface FillProps {
  templates: Template[];
  onSend: (draft: Draft) => Promise<void>;
  onClose: () => void;
}

function Fill({ templates, onSend, onClose }: FillProps) {
  const form = useForm({
    chosen: templates[0] ? keyOf(templates[0]) : "",
    template: { parameters: [] as string[] },
  });
  const chosen = templates.find((template) => keyOf(template) === form.values.chosen);
  const body = chosen ? bodyOf(chosen) : "";
  const variables = variablesOf(body);
  const values = variables.map((_, index) => form.values.template.parameters[index] ?? "");
  const send = async () => {
    if (!chosen) return;
    const { name, language } = chosen;
    await onSend({
      kind: "template",
      template: { name, language, parameters: values },
      text: filled(body, values),
    });
    onClose();
  };
  return (
    <Form form={form} onSubmit={send}>
      <SelectField
        form={form}
        path="chosen"
        label="Template"
        choices={templates.map((template) => ({
          value: keyOf(template),
          text: `${template.name} (${template.language})`,
        }))}
      />
      {variables.map((name, index) => (
        <TextField
          key={`${form.values.chosen} ${name}`}
          form={form}
          path={`template.parameters[${index}]`}
          label={`Variable ${name}`}
        />
      ))}
      {body && <Note tone="plain">{filled(body, values)}</Note>}
      {chosen && !isSimple(chosen) && (
        <Note tone="warn">Its header takes a file or a text, which is sent by the API alone.</Note>
      )}
      <FormActions form={form} submit="Send" cancel={onClose} />
    </Form>
  );
}
