import { dismiss, toasts } from "@/state/toasts";
import { Button, IconButton } from "./button";
import { Icon } from "./icons";
import "./toast.css";

// Stands once in the frame. Failures are read out at once, the rest when it is quiet.
export function ToastHost() {
  return (
    <section class="toasts" aria-label="News" aria-live="polite">
      {toasts.value.map((toast) => (
        <div
          key={toast.id}
          class={`toast toast-${toast.kind}`}
          role={toast.kind === "failed" ? "alert" : undefined}
        >
          <Icon name={toast.kind === "done" ? "done" : "error"} />
          <span class="toast-text">{toast.text}</span>
          {toast.action && (
            <Button
              small
              kind="quiet"
              onClick={() => {
                dismiss(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon="close" label="Dismiss" onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </section>
  );
}
