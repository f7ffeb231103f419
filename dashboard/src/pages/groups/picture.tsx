import { useRef, useState } from "preact/hooks";
import { api } from "@/api/client";
import { upload } from "@/api/inbox";
import { invalidate } from "@/api/query";
import { tell, tellFailure } from "@/state/toasts";
import { Button } from "@/ui/button";
import { Avatar } from "@/ui/chat/avatar";
import "./picture.css";

interface PictureProps {
  account: string;
  path: string; // of the group
  subject: string;
  picture: string | null | undefined;
  mayChange: boolean;
}

export function GroupPicture({ account, path, subject, picture, mayChange }: PictureProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      await api.put(`${path}/picture`, { media_id: await upload(account, file) });
      tell("The group has another picture.");
      invalidate(path);
    } catch (error) {
      tellFailure("The picture was not changed", error);
    }
    setBusy(false);
  };
  return (
    <div class="group-picture">
      {picture ? (
        <img src={picture} alt={`Of ${subject}`} width={72} height={72} />
      ) : (
        <Avatar name={subject} icon="groups" />
      )}
      {mayChange && (
        <>
          <Button small icon="image" busy={busy} onClick={() => picker.current?.click()}>
            {picture ? "Another picture" : "Choose a picture"}
          </Button>
          <input
            ref={picker}
            type="file"
            accept="image/*"
            hidden
            aria-label="Picture of the group"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </>
      )}
    </div>
  );
}
