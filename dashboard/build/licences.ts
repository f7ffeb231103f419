// Writes licences.txt beside the page: the licence of every package whose code is in it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

function packageOf(moduleId: string): string | undefined {
  const at = moduleId.lastIndexOf("/node_modules/");
  if (at < 0) return undefined;
  const [scope, name] = moduleId.slice(at + "/node_modules/".length).split("/");
  const path = scope?.startsWith("@") ? `${scope}/${name}` : scope;
  return `${moduleId.slice(0, at)}/node_modules/${path}`;
}

function licenceOf(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
}

export function licences(): Plugin {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      const bundled: string[] = [];
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        for (const id of file.moduleIds) {
          const path = id.replace(/^\0/, "").replace(/\?.*$/, "");
          const folder = packageOf(path);
          if (folder) folders.add(folder);
          // Of what a package has bundled itself.
          if (existsSync(`${path}.LICENSE.txt`)) bundled.push(readFileSync(`${path}.LICENSE.txt`, "utf8"));
        }
      }
      const texts = [...[...folders].sort().map(licenceOf), ...new Set(bundled)];
      this.emitFile({
        type: "asset",
        fileName: "licences.txt",
        source: texts.join(`\n${"-".repeat(72)}\n\n`),
      });
    },
  };
}
