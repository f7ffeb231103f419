import { ApiError, api } from "@/api/client";
import { invalidate } from "@/api/query";
import type { Channel, MessageTemplate } from "@/api/types";
import {
  type CodeParts,
  codeComponentsOf,
  componentsOf,
  noParts,
  type TemplateParts,
} from "@/lib/template_parts";
import { tell } from "@/state/toasts";
import { Dialog } from "@/ui/dialog";
import { Form, FormActions, Segmented, SelectField, TextArea, TextField, useForm } from "@/ui/form";
import { CodeFields } from "./code_fields";
import { PartsFields } from "./fields";
import { categories, templatesPath } from "./paths";
import { TemplatePreview } from "./preview";

interface Values {
  name: string;
  language: string;
  category: string;
  how: "parts" | "json";
  parts: TemplateParts;
  code: CodeParts; // in place of parts, of the category for codes
  components: string;
}

const start: Values = {
  name: "",
  language: "en_US",
  category: "UTILITY",
  how: "parts",
  parts: noParts,
  code: { warns: true, minutes: 10, button: "" },
  components: "",
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromParts({ category, parts, code }: Values): object[] {
  return category === "AUTHENTICATION" ? codeComponentsOf(code) : componentsOf(parts);
}

function given(values: Values): unknown {
  return values.how === "parts" ? fromParts(values) : parsed(values.components);
}

export function CreateTemplate({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const form = useForm(start);
  const { how, category } = form.values;
  const create = async (values: Values) => {
    const components = given(values);
    if (components === undefined)
      throw new ApiError(422, "invalid", "Look at the components.", [
        { path: "components", text: "This is not JSON." },
      ]);
    const { name, language, category } = values;
    const path = templatesPath(channel);
    const made = await api.post<MessageTemplate>(path, { name, language, category, components });
    invalidate(path);
    onClose();
    tell(`${made.name} was handed in. WhatsApp reviews it.`);
  };
  // What is written as parts goes on as JSON; the other way would lose what parts do not know.
  const change = (next: Values["how"]) => {
    if (next === "json") form.write("components", JSON.stringify(fromParts(form.values), null, 2));
    form.write("how", next);
  };
  return (
    <Dialog title="New template" onClose={onClose} size="wide">
      <Form form={form} onSubmit={create}>
        <div class="form-columns">
          <TextField
            form={form}
            path="name"
            label="Name"
            mono
            maxLength={512}
            placeholder="order_is_ready"
            hint="Lower case letters, digits and underscores."
          />
          <TextField
            form={form}
            path="language"
            label="Language"
            mono
            maxLength={20}
            hint="As in en_US or de."
          />
          <SelectField form={form} path="category" label="Category" choices={categories} />
        </div>
        <div>
          <Segmented
            label="How it is written"
            choices={[
              { value: "parts", text: "In parts" },
              { value: "json", text: "As Meta's JSON" },
            ]}
            value={how}
            onChange={change}
          />
        </div>
        {how === "parts" && category !== "AUTHENTICATION" && <PartsFields form={form} />}
        {how === "parts" && category === "AUTHENTICATION" && <CodeFields form={form} />}
        {how === "json" && (
          <TextArea
            form={form}
            path="components"
            label="Components"
            mono
            rows={14}
            hint="A list, as in Meta's Cloud API: also for offers, catalogues and forms."
          />
        )}
        <TemplatePreview components={given(form.values)} />
        <FormActions form={form} submit="Hand in" cancel={onClose} />
      </Form>
    </Dialog>
  );
}
