// The pages in a real browser: playwright-core drives Debian's chromium, against a real server with a real Redis.
//   node run.mjs INVITED PACKAGES [FILTER]      PACKAGES is the folder that scripts/get_web fills; FILTER selects files
// Exits with 77, which means "skipped" for ctest, if there is no chromium.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { runFiles } from "./support/run_files.mjs";

const [program, packages, filter = ""] = process.argv.slice(2);
const folder = path.dirname(fileURLToPath(import.meta.url));
const files = fs.readdirSync(folder).filter((f) => f.endsWith(".test.mjs") && f.includes(filter));
process.exit(runFiles(files.map((f) => path.join(folder, f)), program, packages) ? 0 : 1);
