import { defineConfig } from "vite";

export default defineConfig({
  base: "/ui/",
  // The page's policy allows no data: scripts or styles.
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
