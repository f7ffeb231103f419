// Forms bound to the API's faults: a field is named by its path in the body ("cloud.access_token"), and
// shows the fault that the server names by the same path. What fits no field stands above the buttons.
//
//   const form = useForm({ label: "" });
//   <Form form={form} onSubmit={async (values) => { await api.post(path, values); }}>
//     <TextField form={form} path="label" label="Name" />
//     <FormActions form={form} submit="Create" />
//   </Form>
import type { ComponentChildren, JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { type ApiError, asApiError } from "@/api/client";
import { get, set } from "@/lib/dotted";
import { useWanted } from "@/lib/use_wanted";
import { Button } from "./button";
import { Note } from "./note";
import "./form.css";

export interface FormState<T extends object> {
  values: T;
  busy: boolean;
  changed: boolean;
  error: ApiError | undefined;
  read: (path: string) => unknown;
  write: (path: string, value: unknown) => void;
  reset: (values?: T) => void;
  submit: (send: (values: T) => Promise<void>) => Promise<boolean>;
  faultOf: (path: string) => string | undefined;
  claim: (path: string) => void; // by fields: their faults are shown by them
  unclaimed: () => { path: string; text: string }[];
}

export function useForm<T extends object>(initial: T): FormState<T> {
  const [start, setStart] = useState(initial);
  const [values, setValues] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const claimed = useRef(new Set<string>());
  claimed.current.clear(); // the fields that are drawn now claim theirs again
  return {
    values,
    busy,
    changed: JSON.stringify(values) !== JSON.stringify(start),
    error,
    read: (path) => get(values, path),
    write: (path, value) => {
      setValues((old) => set(old, path, value));
      setTouched((old) => new Set(old).add(path));
    },
    reset: (next = start) => {
      setStart(next);
      setValues(next);
      setError(undefined);
    },
    submit: async (send) => {
      if (busy) return false;
      setBusy(true);
      setError(undefined);
      setTouched(new Set());
      try {
        await send(values);
        return true;
      } catch (failure) {
        setError(asApiError(failure));
        return false;
      } finally {
        setBusy(false);
      }
    },
    // Gone as soon as the field is changed.
    faultOf: (path) =>
      touched.has(path) ? undefined : error?.faults.find((fault) => fault.path === path)?.text,
    claim: (path) => claimed.current.add(path),
    unclaimed: () => error?.faults.filter((fault) => !claimed.current.has(fault.path)) ?? [],
  };
}

interface FormProps<T extends object> {
  form: FormState<T>;
  onSubmit: (values: T) => Promise<void>;
  children: ComponentChildren;
}

export function Form<T extends object>({ form, onSubmit, children }: FormProps<T>) {
  const element = useRef<HTMLFormElement>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await form.submit(onSubmit)) return;
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <form ref={element} class="form" noValidate onSubmit={submit}>
      {children}
    </form>
  );
}

interface ActionsProps<T extends object> {
  form: FormState<T>;
  submit: string;
  cancel?: () => void;
  onlyChanged?: boolean; // nothing to press before something was changed
}

export function FormActions<T extends object>({ form, submit, cancel, onlyChanged }: ActionsProps<T>) {
  const faults = form.unclaimed();
  return (
    <>
      <div role="alert">
        {form.error && (
          <Note tone="bad">
            {form.error.faults.length > faults.length ? "Look at the marked fields." : form.error.message}
            {faults.map((fault) => (
              <div key={fault.path}>
                <code>{fault.path}</code>: {fault.text}
              </div>
            ))}
          </Note>
        )}
      </div>
      <div class="form-actions">
        {cancel && (
          <Button kind="quiet" onClick={cancel}>
            Cancel
          </Button>
        )}
        <Button kind="primary" type="submit" busy={form.busy} disabled={onlyChanged && !form.changed}>
          {submit}
        </Button>
      </div>
    </>
  );
}

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  fault?: string | undefined;
  optional?: boolean;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => ComponentChildren;
}

// Label, control, hint and fault, tied together.
export function Field({ label, hint, fault, optional, children }: FieldProps) {
  const id = useId();
  const described = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="field-optional"> optional</span>}
      </label>
      {children({
        id,
        ...(described && { "aria-describedby": described }),
        ...(fault && { "aria-invalid": true }),
      })}
      {fault && (
        <p class="field-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface BoundProps<T extends object> {
  form: FormState<T>;
  path: string;
  label: string;
  hint?: ComponentChildren;
  optional?: boolean;
}

type InputProps = Pick<
  JSX.InputHTMLAttributes<HTMLInputElement>,
  "type" | "placeholder" | "autocomplete" | "inputMode" | "maxLength" | "autofocus" | "spellcheck"
>;

export function TextField<T extends object>(props: BoundProps<T> & InputProps & { mono?: boolean }) {
  const { form, path, label, hint, optional, mono, ...input } = props;
  form.claim(path);
  return (
    <Field label={label} hint={hint} optional={optional ?? false} fault={form.faultOf(path)}>
      {(ids) => (
        <input
          type="text"
          autocomplete="off"
          {...input}
          {...ids}
          class={`input ${mono ? "mono" : ""}`}
          value={String(form.read(path) ?? "")}
          onInput={(event) => form.write(path, event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function NumberField<T extends object>(props: BoundProps<T> & { min?: number; max?: number }) {
  const { form, path, label, hint, optional, min, max } = props;
  form.claim(path);
  return (
    <Field label={label} hint={hint} optional={optional ?? false} fault={form.faultOf(path)}>
      {(ids) => (
        <input
          type="number"
          {...ids}
          class="input"
          min={min}
          max={max}
          value={String(form.read(path) ?? "")}
          onInput={(event) => {
            const { value, valueAsNumber } = event.currentTarget;
            form.write(path, value === "" ? undefined : valueAsNumber);
          }}
        />
      )}
    </Field>
  );
}

export function TextArea<T extends object>(props: BoundProps<T> & { rows?: number; mono?: boolean }) {
  const { form, path, label, hint, optional, rows = 4, mono } = props;
  form.claim(path);
  return (
    <Field label={label} hint={hint} optional={optional ?? false} fault={form.faultOf(path)}>
      {(ids) => (
        <textarea
          {...ids}
          class={`input ${mono ? "mono" : ""}`}
          rows={rows}
          value={String(form.read(path) ?? "")}
          onInput={(event) => form.write(path, event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface Choice {
  value: string;
  text: string;
}

export function SelectField<T extends object>(props: BoundProps<T> & { choices: readonly Choice[] }) {
  const { form, path, label, hint, optional, choices } = props;
  form.claim(path);
  return (
    <Field label={label} hint={hint} optional={optional ?? false} fault={form.faultOf(path)}>
      {(ids) => (
        <Select
          {...ids}
          choices={choices}
          value={String(form.read(path) ?? "")}
          onChange={(value) => form.write(path, value)}
        />
      )}
    </Field>
  );
}

interface SelectProps {
  choices: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

export function Select({ choices, value, onChange, ...rest }: SelectProps) {
  return (
    <select
      {...rest}
      class="input select"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} selected={choice.value === value}>
          {choice.text}
        </option>
      ))}
    </select>
  );
}

interface SwitchProps {
  label: string;
  hint?: ComponentChildren;
  checked: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

export function Switch({ label, hint, checked, disabled, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <input
        id={id}
        type="checkbox"
        role="switch"
        class="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface AskedSwitchProps extends Omit<SwitchProps, "onChange"> {
  ask: (on: boolean) => Promise<boolean>; // whether it was taken
}

// A switch of something that is not the page's own: it stands as it was asked to until that is so.
export function AskedSwitch({ checked, ask, ...rest }: AskedSwitchProps) {
  const [shown, want] = useWanted(checked);
  return <Switch {...rest} checked={shown} onChange={(on) => want(on, ask(on))} />;
}

export function SwitchField<T extends object>({ form, path, label, hint }: BoundProps<T>) {
  form.claim(path);
  return (
    <Switch
      label={label}
      hint={form.faultOf(path) ?? hint}
      checked={form.read(path) === true}
      onChange={(on) => form.write(path, on)}
    />
  );
}

interface SegmentedProps<V extends string> {
  label: string; // read out
  choices: readonly { value: V; text: string }[];
  value: V;
  onChange: (value: V) => void;
}

// One of a few, all of them seen.
export function Segmented<V extends string>({ label, choices, value, onChange }: SegmentedProps<V>) {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="segment">
          <input
            type="radio"
            name={name}
            class="visually-hidden"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
