// Sites of others, built with our package: Vite with React 18 and 19, and Astro. Each is opened in chromium.
//   node run.mjs INVITED PACKAGES TOOLS STAGE VERSION
// PACKAGES is .deps (web and sites); TOOLS, STAGE and VERSION are what packs the package. Exits with 77, which means
// "skipped" for ctest, where something is missing.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { runFiles, skip } from "../browser/support/run_files.mjs";

const [program, packages, tools, stage, version] = process.argv.slice(2);
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 18 || (major === 18 && minor < 18)) skip(`Vite 6 and Astro 5 need Node 18.18, and this is ${process.versions.node}`);

const folder = path.dirname(fileURLToPath(import.meta.url));
const sites = path.resolve(packages, "sites");
for (const name of ["vite-react18", "vite-react19", "astro"]) {
  const lock = (where) => path.join(where, name, "package-lock.json");
  const fetched = fs.existsSync(lock(sites)) && fs.readFileSync(lock(sites)).equals(fs.readFileSync(lock(folder)));
  if (!fetched) skip(`the packages of ${name} are not there (scripts/deps --test fetches them)`);
}
const settings = { SITE_PACKAGES: sites, PACKAGE_TOOLS: path.resolve(tools), PACKAGE_STAGE: path.resolve(stage), PACKAGE_VERSION: version };
process.exit(runFiles([path.join(folder, "sites.test.mjs")], program, path.join(packages, "web"), settings) ? 0 : 1);
