import type { Channel, NewKey } from "@/api/types";
import { dialectNames } from "@/lib/names";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Copyable } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Note } from "@/ui/note";
import { firstCall } from "./paths";
import "./shown.css";

interface ShownProps {
  made: NewKey;
  channel: Channel | undefined; // of a key that sees one alone
  onClose: () => void;
}

// A key is shown this once: the way out that does not say so asks first.
export function KeyShown({ made, channel, onClose }: ShownProps) {
  const { dialect } = made.details;
  const leave = async () => {
    const yes = await confirm({
      title: "Close without storing the key?",
      text: "It is not kept anywhere. If you do not have it, renew it later to get another one.",
      action: "Close",
    });
    if (yes) onClose();
  };
  return (
    <Dialog title={`The new key of ${dialectNames[dialect]}`} onClose={leave}>
      <Note tone="warn">Store it now, where secrets belong. It is shown this once.</Note>
      <div class="key-shown">
        <h3>Key</h3>
        <Copyable text={made.key} label="Copy the key" />
      </div>
      <div class="key-shown">
        <h3>A first call with it</h3>
        <Copyable text={firstCall(dialect, made.key, channel)} label="Copy the call" />
      </div>
      <div class="form-actions">
        <Button kind="primary" onClick={onClose}>
          I have stored it
        </Button>
      </div>
    </Dialog>
  );
}
