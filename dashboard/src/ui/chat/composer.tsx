// Where one writes: a text that grows, Enter sends and Shift+Enter makes a line, things to attach, and the
// message that one answers to or changes. What is dropped or pasted on it is attached.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { lineOf, type ShownMessage } from "@/lib/shown_message";
import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icons";
import { Menu, type MenuItem } from "@/ui/menu";
import { Recorder } from "./recorder";
import "./composer.css";

export interface About {
  what: "reply" | "edit";
  message: ShownMessage;
}

interface ComposerProps {
  about: About | undefined;
  onAbout: (about: undefined) => void;
  attach: readonly MenuItem[]; // besides files
  onText: (text: string) => void;
  onFiles: (files: File[], text: string) => void;
  onVoice?: ((file: File) => void) | undefined;
  voiceType?: string | undefined; // what voice messages are recorded as; none: they cannot be
  onTyping?: (typing: boolean) => void;
  note?: ComponentChildren; // why nothing can be written now, in place of the field
}

const typingMs = 8000; // as often the other side is told again
const idleMs = 4000;

export function Composer(props: ComposerProps) {
  const { about, onAbout, attach, onText, onFiles, onVoice, voiceType, onTyping, note } = props;
  const [text, setText] = useState("");
  const [recording, setRecording] = useState(false);
  const [dragging, setDragging] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const typing = useTyping(onTyping);

  useEffect(() => {
    if (about?.what === "edit") setText(about.message.text);
    if (about) area.current?.focus();
  }, [about]);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, 160)}px`;
  }, [text]);

  const send = () => {
    if (!text.trim() || note) return;
    onText(text.trim());
    setText("");
    typing.stop();
    area.current?.focus();
  };
  const take = (files: File[]) => {
    if (files.length === 0 || note) return;
    onFiles(files, text.trim());
    setText("");
    typing.stop();
  };
  const leave = () => {
    if (about?.what === "edit") setText("");
    onAbout(undefined);
    area.current?.focus();
  };

  return (
    <form
      class={`composer ${dragging ? "composer-drop" : ""}`}
      aria-label="Write a message"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDragging(false);
        take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {about && <AboutBar about={about} onLeave={leave} />}
      {note ? (
        <div class="composer-note">{note}</div>
      ) : recording && voiceType ? (
        <div class="composer-line">
          <Recorder
            type={voiceType}
            onDone={(file) => {
              setRecording(false);
              if (file) onVoice?.(file);
              requestAnimationFrame(() => area.current?.focus());
            }}
          />
        </div>
      ) : (
        <div class="composer-line">
          <Menu
            class="composer-attach"
            label="Attach"
            icon="attach"
            align="left"
            items={[
              { text: "Photo, video or file", icon: "image", run: () => picker.current?.click() },
              ...attach,
            ]}
          />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files to send"
            onChange={(event) => {
              take([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
          <textarea
            ref={area}
            class="input"
            rows={1}
            maxLength={4096}
            placeholder="Message"
            aria-label="Message"
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
              typing.touch(event.currentTarget.value !== "");
            }}
            onPaste={(event) => {
              const files = [...(event.clipboardData?.files ?? [])];
              if (files.length === 0) return;
              event.preventDefault();
              take(files);
            }}
            onKeyDown={(event) => {
              if (event.key === "Escape" && about) leave();
              if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
              event.preventDefault();
              send();
            }}
          />
          {onVoice && voiceType && !text.trim() && about?.what !== "edit" && (
            <IconButton
              class="composer-voice"
              icon="voice"
              label="Record a voice message"
              onClick={() => setRecording(true)}
            />
          )}
          <Button kind="primary" type="submit" disabled={!text.trim()} aria-label="Send" title="Send">
            <Icon name={about?.what === "edit" ? "check" : "send"} />
          </Button>
        </div>
      )}
    </form>
  );
}

function AboutBar({ about, onLeave }: { about: About; onLeave: () => void }) {
  const { what, message } = about;
  return (
    <div class="composer-about">
      <Icon name={what === "edit" ? "edit" : "reply"} />
      <span class="truncate">
        <b>
          {what === "edit" ? "Change" : `Answer to ${message.mine ? "yourself" : message.author || "them"}`}
        </b>{" "}
        {lineOf(message)}
      </span>
      <IconButton
        icon="close"
        label={what === "edit" ? "Do not change" : "Do not answer to it"}
        onClick={onLeave}
      />
    </div>
  );
}

// Tells that somebody types: at once, again while it goes on, and when it stops.
function useTyping(tell: ((typing: boolean) => void) | undefined) {
  const told = useRef(0);
  const idle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(tell);
  latest.current = tell;
  const stop = () => {
    clearTimeout(idle.current);
    if (told.current === 0) return;
    told.current = 0;
    latest.current?.(false);
  };
  useEffect(() => stop, []);
  return {
    stop,
    touch: (hasText: boolean) => {
      if (!latest.current) return;
      if (!hasText) return stop();
      clearTimeout(idle.current);
      idle.current = setTimeout(stop, idleMs);
      if (Date.now() - told.current < typingMs) return;
      told.current = Date.now();
      latest.current(true);
    },
  };
}
