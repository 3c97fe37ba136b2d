// Runs files of tests, each in a process of its own, where chromium is.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** What ctest takes for "skipped". */
export function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

/** Answers whether all passed. `settings` are in their environment, beside what all tests in a browser need. */
export function runFiles(files, program, packages, settings = {}) {
  const places = (process.env.PATH ?? "").split(":").flatMap((p) => [path.join(p, "chromium"), path.join(p, "chromium-browser")]);
  const chromium = places.find((p) => fs.existsSync(p));
  if (chromium === undefined) skip("there is no chromium (scripts/deps --test installs it)");
  const env = {
    ...process.env, ...settings, PROGRAM_UNDER_TEST: path.resolve(program), WEB_PACKAGES: path.resolve(packages), CHROMIUM: chromium,
  };
  const failed = files.filter((file) => spawnSync(process.execPath, [file], { stdio: "inherit", env }).status !== 0);
  return files.length > 0 && failed.length === 0;
}
