// Stops the build when what the first page needs has grown too large: the entry and all that it imports
// at once, compressed.
import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

function closureOf(entry: Rollup.OutputChunk, bundle: Rollup.OutputBundle): Set<Rollup.OutputChunk> {
  const found = new Set([entry]);
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const file = bundle[name];
      if (file?.type === "chunk") found.add(file);
    }
  }
  return found;
}

export function budget(bytes: number): Plugin {
  return {
    name: "budget",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk" || !file.isEntry) continue;
        const sizes = [...closureOf(file, bundle)].map((chunk) => gzipSync(chunk.code).length);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        if (total > bytes)
          this.error(`the first page needs ${total} bytes of compressed JavaScript, of at most ${bytes}`);
      }
    },
  };
}
