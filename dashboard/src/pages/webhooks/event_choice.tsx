import { Field, type FormState, Select } from "@/ui/form";
import "./event_choice.css";

interface EventChoiceProps<T extends object> {
  form: FormState<T>;
  path: string;
  names: readonly string[];
}

// Exactly one, in the same list.
export function OneEvent<T extends object>({ form, path, names }: EventChoiceProps<T>) {
  form.claim(path);
  const [chosen = ""] = form.read(path) as string[];
  return (
    <Field label="Event" fault={form.faultOf(path)}>
      {(ids) => (
        <Select
          {...ids}
          choices={[{ value: "", text: "Choose one" }, ...names.map((name) => ({ value: name, text: name }))]}
          value={names.includes(chosen) ? chosen : ""}
          onChange={(name) => form.write(path, name ? [name] : [])}
        />
      )}
    </Field>
  );
}

// Which events; none chosen means all.
export function SomeEvents<T extends object>({ form, path, names }: EventChoiceProps<T>) {
  form.claim(path);
  const chosen = (form.read(path) as string[]).filter((name) => names.includes(name));
  const fault = form.faultOf(path);
  const toggle = (name: string, on: boolean) =>
    form.write(path, on ? [...chosen, name] : chosen.filter((other) => other !== name));
  return (
    <fieldset class="event-choice">
      <legend>
        Events <span class="field-optional">{chosen.length === 0 ? "all" : `${chosen.length} chosen`}</span>
      </legend>
      <div class="event-choice-list">
        {names.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
            />
            <code>{name}</code>
          </label>
        ))}
      </div>
      {fault && <p class="field-fault">{fault}</p>}
    </fieldset>
  );
}
