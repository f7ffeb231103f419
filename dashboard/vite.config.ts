import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { budget } from "./build/budget";
import { licences } from "./build/licences";

// The gateway that `npm run dev` talks to, as `./run` starts it.
const gateway = process.env.PARLEY_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/ui/",
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    target: "es2022",
    // The page's policy allows no data: scripts or styles; small assets stay files, too.
    assetsInlineLimit: 0,
    // Browsers that know ES2022 know module preloading.
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  plugins: [licences(), budget(60_000)],
  server: {
    proxy: {
      "/parley": {
        target: gateway,
        changeOrigin: true,
        // The gateway refuses foreign origins; this one is the developer's own.
        configure: (proxy) => proxy.on("proxyReq", (request) => request.setHeader("origin", gateway)),
      },
    },
  },
});
