// Puts the page together in dist/: static files that any web server can serve. The module that reads YAML stays apart, it is
// fetched when it is needed.
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

rmSync(here("dist"), { recursive: true, force: true });
mkdirSync(here("dist"));
for (const file of ["index.html", "favicon.svg"]) cpSync(here(file), here(`dist/${file}`));
await build({
  entryPoints: [here("src/main.ts"), here("styles/main.css")],
  entryNames: "[name]",
  assetNames: "[name]",
  outdir: here("dist"),
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  loader: { ".yaml": "text", ".woff2": "file" },
  logLevel: "warning",
});
