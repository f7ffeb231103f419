// Short news at the edge of the page: what was done, or why it was not.
import { signal } from "@preact/signals";
import { asApiError } from "@/api/client";

export interface Toast {
  id: number;
  kind: "done" | "failed";
  text: string;
  action?: { label: string; run: () => void };
}

export const toasts = signal<Toast[]>([]);

const shownMs = { done: 5000, failed: 10000 };
const atMost = 4;
let last = 0;

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

function show(toast: Omit<Toast, "id">): void {
  const id = ++last;
  toasts.value = [...toasts.value, { ...toast, id }].slice(-atMost);
  setTimeout(() => dismiss(id), shownMs[toast.kind]);
}

export function tell(text: string, action?: Toast["action"]): void {
  show({ kind: "done", text, ...(action && { action }) });
}

export function tellFailure(what: string, error: unknown): void {
  const told = asApiError(error);
  const why = [told.message, ...told.faults.map((fault) => `${fault.path}: ${fault.text}`)];
  show({ kind: "failed", text: `${what}: ${why.join(" ")}` });
}
