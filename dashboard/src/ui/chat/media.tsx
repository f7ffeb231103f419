import { useState } from "preact/hooks";
import { bytesText, kindName, type ShownMedia, type ShownMessage } from "@/lib/shown_message";
import { Icon } from "@/ui/icons";
import "./media.css";

interface MediaProps {
  message: ShownMessage;
  media: ShownMedia;
  onPlay: () => void;
}

export function MediaView({ message, media, onPlay }: MediaProps) {
  const [failed, setFailed] = useState(false);
  const { kind } = message;
  const type = media.mime_type;
  const isImage = (kind === "image" || kind === "sticker") && type.startsWith("image/") && !failed;
  if (isImage) return <Picture message={message} media={media} onFailed={() => setFailed(true)} />;
  if (kind === "video" && !failed)
    return (
      // biome-ignore lint/a11y/useMediaCaption: a message has none
      <video
        class="media-video"
        controls
        preload="metadata"
        src={media.url}
        poster={media.thumbnail}
        aria-label="Video"
        onPlay={onPlay}
        onError={() => setFailed(true)}
      />
    );
  if (kind === "audio" && !failed)
    return (
      // biome-ignore lint/a11y/useMediaCaption: a transcript stands below it where there is one
      <audio
        class="media-audio"
        controls
        preload="metadata"
        src={media.url}
        aria-label={media.voice ? "Voice message" : "Audio"}
        onPlay={onPlay}
        onError={() => setFailed(true)}
      />
    );
  return <FileLink kind={kind} media={media} />;
}

function Picture({ message, media, onFailed }: Omit<MediaProps, "onPlay"> & { onFailed: () => void }) {
  const alt = message.text || (message.kind === "sticker" ? "Sticker" : media.file_name || "Photo");
  const picture = (
    <img
      class={message.kind === "sticker" ? "media-sticker" : "media-image"}
      src={media.url}
      alt={alt}
      width={media.width}
      height={media.height}
      loading="lazy"
      onError={onFailed}
    />
  );
  if (message.kind === "sticker") return picture;
  return (
    <a href={media.url} target="_blank" rel="noopener noreferrer" class="media-link">
      {picture}
    </a>
  );
}

function FileLink({ kind, media }: { kind: string; media: ShownMedia }) {
  return (
    <a class="content-card media-file" href={media.url} download={media.file_name || "file"}>
      <span class="content-icon">
        <Icon name="templates" size={20} />
      </span>
      <span class="media-name">
        <b>{media.file_name || kindName(kind)}</b>
        <span>
          {media.mime_type} · {bytesText(media.size)}
        </span>
      </span>
      <Icon name="download" />
    </a>
  );
}
