// The pages in a real browser: playwright-core drives Debian's chromium, against a real server with a real Redis.
//   node run.mjs INVITED PACKAGES [FILTER]      PACKAGES is the folder that scripts/get_web fills; FILTER selects files
// Exits with 77, which means "skipped" for ctest, if there is no chromium.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [program, packages, filter = ""] = process.argv.slice(2);
const places = (process.env.PATH ?? "").split(":").flatMap((p) => [path.join(p, "chromium"), path.join(p, "chromium-browser")]);
const chromium = places.find((p) => fs.existsSync(p));
if (chromium === undefined) {
  console.log("skipped: there is no chromium (scripts/deps --test installs it)");
  process.exit(77);
}

const folder = path.dirname(fileURLToPath(import.meta.url));
const files = fs.readdirSync(folder).filter((f) => f.endsWith(".test.mjs") && f.includes(filter));
const env = { ...process.env, PROGRAM_UNDER_TEST: path.resolve(program), WEB_PACKAGES: path.resolve(packages), CHROMIUM: chromium };
let failed = 0;
for (const file of files) {
  if (spawnSync(process.execPath, [path.join(folder, file)], { stdio: "inherit", env }).status !== 0) ++failed;
}
process.exit(files.length > 0 && failed === 0 ? 0 : 1);
