// Makes the files of a folder part of a program: their bytes, compressed, one after the other in
// files.bin, and files.cpp with a table of them (src/dashboard/files.h).
//
//   node embed_files.mjs FOLDER OUT
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mp3": "audio/mpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
// Vite writes what carries the hash of its content into its name there.
const HASHED = "assets/";

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

const [folder, out] = process.argv.slice(2);
const names = filesIn(folder).map((file) => relative(folder, file).split(sep).join("/"));
names.sort();
if (!names.includes("index.html")) throw new Error(`${folder} has no index.html`);

const pieces = [];
const rows = [];
let offset = 0;
for (const name of names) {
  if (!/^[\w.\/-]+$/.test(name)) throw new Error(`a name that needs no escape, please: ${name}`);
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`cmake/embed_files.mjs has no type for ${name}`);
  const bytes = readFileSync(join(folder, name));
  const etag = createHash("sha256").update(bytes).digest("hex").slice(0, 24);
  const gzip = gzipSync(bytes, { level: 9 });
  pieces.push(gzip);
  rows.push(
    `    {"${name}", "${type}", "\\"${etag}\\"", {parley_dashboard_bytes + ${offset}, ${gzip.length}}, ` +
      `${name.startsWith(HASHED)}},`,
  );
  offset += gzip.length;
}
const bin = join(out, "files.bin");
writeFileSync(bin, Buffer.concat(pieces));
writeFileSync(
  join(out, "files.cpp"),
  `// Printed by cmake/embed_files.mjs.
#include "dashboard/files.h"

asm(R"(
.pushsection .rodata
.globl parley_dashboard_bytes
.hidden parley_dashboard_bytes
parley_dashboard_bytes:
.incbin "${bin}"
.popsection
)");
extern "C" const char parley_dashboard_bytes[${offset}];

namespace parley::dashboard {

std::span<const File> EmbeddedFiles() {
  static const File kFiles[] = {
${rows.join("\n")}
  };
  return kFiles;
}

}  // namespace parley::dashboard
`,
);
