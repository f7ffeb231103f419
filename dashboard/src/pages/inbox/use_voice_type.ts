import { useGet } from "@/api/query";
import type { NodeOption } from "@/api/types";
import { recordingType } from "@/lib/recording";
import { canRecord } from "@/ui/chat/recorder";

// What the browser records a voice message as that phones will play; none: there can be none here. A server
// without its media worker sends sound as it is.
export function useVoiceType(): string | undefined {
  const isAble = canRecord();
  const got = useGet<{ options: NodeOption[] }>(isAble ? "/node/options" : null);
  if (!isAble || !got.data) return undefined;
  const worker = got.data.options.find(({ name }) => name === "media-worker");
  return recordingType((type) => MediaRecorder.isTypeSupported(type), worker?.value !== "off");
}
