import { toRoute } from "@/router";

export function phoneHref(number: string, search: Record<string, string> = {}): string {
  const rest = new URLSearchParams(search).toString();
  return toRoute("/phones/:number?", { number }) + (rest ? `?${rest}` : "");
}

export function toBase64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(new Error("The file could not be read."));
    reader.readAsDataURL(file);
  });
}
