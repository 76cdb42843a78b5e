import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Every file in src/pages/ is the entry of one page; src/site.ts is loaded by all of them. */
const pages = readdirSync("src/pages")
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => `src/pages/${name}`);

export default defineConfig({
  base: "./",
  build: {
    manifest: true,
    // The content security policy refuses data: fonts and inline scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome105", "firefox121", "safari16"],
    rolldownOptions: { input: ["src/site.ts", ...pages] },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
