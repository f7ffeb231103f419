// Lists as they were when one left them, so that they are there at once when one comes back.
const atMost = 50;
const pages = new Map<string, unknown>();

export function keepPages(key: string, state: unknown): void {
  pages.delete(key);
  pages.set(key, state);
  for (const oldest of pages.keys()) {
    if (pages.size <= atMost) return;
    pages.delete(oldest);
  }
}

export function keptPages<T>(key: string | null): T | undefined {
  return key === null ? undefined : (pages.get(key) as T | undefined);
}

export function forgetPages(): void {
  pages.clear();
}
