// Builds the pages into a folder: a shell of HTML for each, and the files they need under names that carry a hash of
// their content, gzipped. `files.txt` there lists them for CMake, a line each: name, media type.
//   node tools/pages.mjs --source handlers/web --packages .deps/web --openapi build/…/openapi.json --stage DIR --out DIR
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import zlib from "node:zlib";

import { makeStage, reactIsPreact } from "./stage.mjs";

/** Each page, and its title. */
const titles = { dashboard: "Invites", invite: "New invite", sign_in: "Sign in", password: "Change password" };
const pages = Object.keys(titles);
const mediaTypes = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8" };
/** Whose work goes out with the pages; the last one's is the server's list of common passwords. */
const passedOn = { preact: "LICENSE", uplot: "LICENSE", "openapi-fetch": "LICENSE", "@zxcvbn-ts/language-common": "LICENSE.txt" };

/** Bundles the pages' scripts, the one style sheet and the icon; answers which output came from which entry. */
async function bundle(stage) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: stage,
    preserveSymlinks: true, // the packages are found beside the links, not beside what they point to
    entryPoints: [...pages.map((p) => `src/pages/${p}.tsx`), "src/styles/site.css", "src/styles/icon.svg"],
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    outdir: "assets",
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2020"],
    minify: true,
    legalComments: "eof",
    charset: "utf8",
    jsx: "automatic",
    alias: reactIsPreact,
    loader: { ".svg": "copy" },
    logLevel: "warning",
  });
  const names = {};
  for (const [output, about] of Object.entries(metafile.outputs)) {
    const entry = about.entryPoint ?? Object.keys(about.inputs)[0];
    if (about.entryPoint || output.endsWith(".svg")) names[path.basename(entry)] = { output, imports: about.imports };
  }
  return { outputFiles, names };
}

/** Their licenses, which want to be passed on with it. */
function licenses(stage) {
  const text = Object.entries(passedOn)
    .map(([name, file]) => `${name}\n\n${fs.readFileSync(path.join(stage, "node_modules", name, file), "utf8")}\n`)
    .join("\n");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  return { path: `assets/licenses-${hash}.txt`, contents: Buffer.from(text) };
}

/** The shell of a page, with the names that its files have now. Paths are relative: base-url may have one. */
function shell(stage, page, names, licensesPath) {
  const script = names[`${page}.tsx`];
  const preloads = script.imports
    .filter((i) => i.kind === "import-statement")
    .map((i) => `<link rel="modulepreload" href="${i.path}">\n`);
  return fs
    .readFileSync(path.join(stage, "src/pages/shell.html"), "utf8")
    .replace("@TITLE@", titles[page])
    .replace("@ICON@", names["icon.svg"].output)
    .replace("@STYLE@", names["site.css"].output)
    .replace("@LICENSES@", licensesPath)
    .replace("@PRELOADS@\n", preloads.join(""))
    .replace("@SCRIPT@", script.output);
}

const { values } = parseArgs({
  options: Object.fromEntries(["source", "packages", "openapi", "stage", "out"].map((o) => [o, { type: "string" }])),
});
const [source, packages, openapi, stage, out] = [
  values.source, values.packages, values.openapi, values.stage, values.out,
].map((p) => path.resolve(p));

const esbuild = createRequire(`${packages}/`)("esbuild"); // because it is not beside this file
makeStage({ source, packages, openapi, stage });
const { outputFiles, names } = await bundle(stage);
fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const list = [];
const notice = licenses(stage);
for (const file of [...outputFiles, notice]) {
  const name = path.basename(file.path);
  fs.writeFileSync(path.join(out, `${name}.gz`), zlib.gzipSync(file.contents, { level: 9 }));
  list.push(`${name} ${mediaTypes[path.extname(name)]}\n`);
}
fs.writeFileSync(path.join(out, "files.txt"), list.sort().join(""));
for (const page of pages) fs.writeFileSync(path.join(out, `${page}.html`), shell(stage, page, names, notice.path));
