// A voice message from the microphone: recorded until it is sent or thrown away.
import { useEffect, useRef, useState } from "preact/hooks";
import { recordedFile } from "@/lib/recording";
import { countdown } from "@/lib/time";
import { useEvery } from "@/lib/use_every";
import { tellFailure } from "@/state/toasts";
import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icons";
import "./recorder.css";

const longestMs = 30 * 60_000; // then it stops by itself, and waits to be sent
const bitsPerSecond = 32_000;

// Browsers give the microphone to pages that came safely alone.
export function canRecord(): boolean {
  return window.isSecureContext && "MediaRecorder" in window && navigator.mediaDevices !== undefined;
}

interface RecorderProps {
  type: string; // lib/recording.ts
  onDone: (file: File | undefined) => void; // nothing: thrown away, or there is no microphone
}

// Records as long as it is drawn.
export function Recorder({ type, onDone }: RecorderProps) {
  const recorder = useRef<MediaRecorder | undefined>(undefined);
  const pieces = useRef<Blob[]>([]);
  const box = useRef<HTMLFieldSetElement>(null);
  const latest = useRef(onDone);
  latest.current = onDone;
  const [since, setSince] = useState<number>();
  const [now, setNow] = useState(0);

  useEffect(() => {
    let gone = false;
    let stream: MediaStream | undefined;
    let limit: ReturnType<typeof setTimeout> | undefined;
    const begin = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        if (gone) return release(stream);
        const made = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: bitsPerSecond });
        made.ondataavailable = ({ data }) => pieces.current.push(data);
        made.start();
        limit = setTimeout(() => stop(made), longestMs);
        recorder.current = made;
        setSince(Date.now());
        setNow(Date.now());
      } catch (error) {
        release(stream);
        if (gone) return;
        tellFailure("The microphone cannot be used", error);
        latest.current(undefined);
      }
    };
    void begin();
    return () => {
      gone = true;
      clearTimeout(limit);
      release(stream);
    };
  }, [type]);
  useEffect(() => {
    if (since !== undefined) box.current?.querySelector<HTMLElement>(".button-primary")?.focus();
  }, [since]);
  useEvery(1000, () => setNow(Date.now()));

  const finish = () => {
    const made = recorder.current;
    if (!made) return;
    const take = () => latest.current(recordedFile(pieces.current, made.mimeType || type));
    if (made.state === "inactive") return take();
    made.onstop = take; // its last piece comes before
    stop(made);
  };
  const passed = since === undefined ? 0 : Math.min(now - since, longestMs);
  return (
    <fieldset ref={box} class="recorder" aria-label="Voice message">
      <IconButton icon="trash" label="Throw it away" onClick={() => onDone(undefined)} />
      <span class="recorder-sign" aria-hidden="true" />
      <span class="recorder-time" role="timer">
        {since === undefined
          ? "Asking for the microphone"
          : `Recording ${countdown(Math.floor(passed / 1000))}`}
      </span>
      <Button
        kind="primary"
        disabled={since === undefined}
        aria-label="Send the voice message"
        title="Send the voice message"
        onClick={finish}
      >
        <Icon name="send" />
      </Button>
    </fieldset>
  );
}

function stop(recorder: MediaRecorder | undefined): void {
  if (recorder && recorder.state !== "inactive") recorder.stop();
}

// Else the browser goes on showing that somebody listens.
function release(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
