// Bundle each view into one ES module beside the Python class that loads it, and all styles into one file.
import { build } from "esbuild";

const VIEWS = ["builder", "companions", "editor", "export", "findings", "form", "grants", "summary"];
const OUT = new URL("../trust_widgets/views/static/", import.meta.url).pathname;

const shared = { bundle: true, minify: true, target: "es2022", sourcemap: false, outdir: OUT, logLevel: "info" };

await build({
  ...shared,
  entryPoints: VIEWS.map((view) => `src/${view}.tsx`),
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "eof",
});
await build({ ...shared, entryPoints: ["src/style.css"] });
