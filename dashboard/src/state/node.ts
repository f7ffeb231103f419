// What this server is: its version, and whether the simulated network runs in it.
import { signal } from "@preact/signals";
import { api } from "@/api/client";
import type { NodeView } from "@/api/types";

export const node = signal<NodeView | undefined>(undefined);

export async function loadNode(): Promise<void> {
  node.value = await api.get<NodeView>("/node").catch(() => node.value);
}
