// Bundle all views into one ES module, what loads it into another, all styles into one file, and the licences of what
// is bundled into another.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OUT = fileURLToPath(new URL("../trust_widgets/views/static/", import.meta.url));

const shared = { bundle: true, minify: true, charset: "utf8", target: "es2022", sourcemap: false, outdir: OUT, logLevel: "info" };

/** The packages that a build took files from. */
function packagesIn(metafile) {
  const found = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(found.filter(Boolean))].sort();
}

function licenceOf(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const views = await build({
  ...shared,
  entryPoints: ["src/views.tsx", "src/loader.js"],
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "eof",
  metafile: true,
});
await build({ ...shared, entryPoints: ["src/style.css"] });
writeFileSync(`${OUT}LICENSES.txt`, packagesIn(views.metafile).map(licenceOf).join("\n---\n\n"));
