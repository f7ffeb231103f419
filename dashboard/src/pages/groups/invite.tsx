// The link by which people come in by themselves: admins may see it.
import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { tell, tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Copyable } from "@/ui/copy";
import { Card } from "@/ui/layout";

export function InviteCard({ path }: { path: string }) {
  const [link, setLink] = useState("");
  const [busy, setBusy] = useState(false);
  const ask = async (failure: string, asking: () => Promise<{ link: string }>) => {
    setBusy(true);
    try {
      setLink((await asking()).link);
      return true;
    } catch (error) {
      tellFailure(failure, error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const show = () => ask("No link", () => api.get(`${path}/invite`));
  const renew = async () => {
    const yes = await confirm({
      title: "Renew the invite link?",
      text: "Nobody can join by the link that is known now, wherever it was put.",
      action: "Renew",
    });
    if (!yes) return;
    if (await ask("Not renewed", () => api.post(`${path}/invite/renew`))) tell("The link before is void.");
  };
  return (
    <Card
      title="Invite link"
      about="Whoever has it can join."
      actions={
        <>
          {!link && (
            <Button icon="qr" busy={busy} onClick={show}>
              Show the link
            </Button>
          )}
          <Button icon="refresh" busy={busy} onClick={renew}>
            Renew
          </Button>
        </>
      }
    >
      {link ? (
        <Copyable text={link} label="Copy the invite link" />
      ) : (
        <p class="muted small">Not shown yet.</p>
      )}
    </Card>
  );
}
