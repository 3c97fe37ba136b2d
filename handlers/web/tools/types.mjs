// Checks all types: the pages' as Preact runs them, the components' again by React's own, the tests'.
//   node tools/types.mjs --stage DIR
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { stage: { type: "string" } } });
let failed = 0;
for (const project of ["tsconfig.tests.json", "tsconfig.react.json"]) {
  const { status } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "--project", project], {
    cwd: values.stage,
    stdio: "inherit",
  });
  console.log(`${project}: ${status === 0 ? "no errors" : "FAILED"}`);
  failed += status === 0 ? 0 : 1;
}
process.exit(failed);
