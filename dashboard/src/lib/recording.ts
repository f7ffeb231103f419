// What a browser records a voice message as.

// Ogg is what phones play; of the others the server makes Ogg, where it has its media worker.
const types = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export function recordingType(records: (type: string) => boolean, converts: boolean): string | undefined {
  return types.find((type) => records(type) && (converts || type.startsWith("audio/ogg")));
}

const endings: Record<string, string> = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a" };

// A file of what was recorded, of the plain type.
export function recordedFile(pieces: Blob[], type: string): File {
  const [plain = ""] = type.split(";");
  return new File(pieces, `voice.${endings[plain] ?? "audio"}`, { type: plain });
}
