// Bundles the tests of web/tests and runs them with Node's own runner.
//   node tools/tests.mjs --stage DIR      the stage that tools/pages.mjs has made
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";

import { reactIsPreact } from "./stage.mjs";

const { values } = parseArgs({ options: { stage: { type: "string" } } });
const stage = path.resolve(values.stage);
const esbuild = createRequire(`${stage}/`)("esbuild");
const out = path.join(stage, "tests-built");
const tests = fs.readdirSync(path.join(stage, "tests")).filter((f) => /\.test\.tsx?$/.test(f));

fs.rmSync(out, { recursive: true, force: true });
await esbuild.build({
  absWorkingDir: stage,
  preserveSymlinks: true,
  entryPoints: tests.map((t) => `tests/${t}`),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node18",
  jsx: "automatic",
  alias: reactIsPreact,
  external: ["jsdom"],
  sourcemap: "inline",
  // Testing libraries are CommonJS, and use things that only CommonJS has.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  logLevel: "warning",
});
const built = tests.map((t) => path.join(out, t.replace(/\.tsx?$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...built], { stdio: "inherit" });
process.exit(status ?? 1);
