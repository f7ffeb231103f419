// The pictures of the README: run.py BINARY WORK_FOLDER docs/images --config pictures.config.ts
import { defineConfig } from "@playwright/test";
import stories from "./playwright.config";

export default defineConfig(stories, { testDir: "pictures" });
