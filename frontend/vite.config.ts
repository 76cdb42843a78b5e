import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Every file in src/pages/ is the entry of one page; src/site.ts is loaded by all of them. */
const pages = readdirSync("src/pages")
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => `src/pages/${name}`);

/** Leaves a .br and a .gz beside every script and style, which the server of static files then prefers. */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  writeBundle({ dir = "dist" }, bundle) {
    for (const name of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
      const content = readFileSync(`${dir}/${name}`);
      writeFileSync(`${dir}/${name}.br`, brotliCompressSync(content));
      writeFileSync(`${dir}/${name}.gz`, gzipSync(content));
    }
  },
};

export default defineConfig({
  base: "./",
  plugins: [compressed],
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
