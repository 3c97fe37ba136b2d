// The sources as they are built: links to them and to the packages in one folder of the build tree, beside what is
// generated. So the source tree stays unchanged, and every build has the types of its own document.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** The components are written for React; here they run on Preact. */
export const reactIsPreact = {
  react: "preact/compat",
  "react/jsx-runtime": "preact/jsx-runtime",
};

const linked = [
  "src", "tests", "tsconfig.json", "tsconfig.react.json", "tsconfig.tests.json", "tsconfig.package.json", "package.json", "package.md",
];

function link(target, place) {
  if (fs.existsSync(place) && fs.readlinkSync(place) === target) return;
  fs.rmSync(place, { force: true, recursive: true });
  fs.symlinkSync(target, place);
}

/** Makes `stage` of the folder `source`, the folder `packages` (it holds node_modules) and the OpenAPI document. */
export function makeStage({ source, packages, openapi, stage }) {
  fs.mkdirSync(path.join(stage, "generated"), { recursive: true });
  for (const name of linked) link(path.join(source, name), path.join(stage, name));
  link(path.join(packages, "node_modules"), path.join(stage, "node_modules"));
  const types = path.join(stage, "generated/openapi.d.ts");
  execFileSync(
    process.execPath,
    [path.join(packages, "node_modules/openapi-typescript/bin/cli.js"), openapi, "--output", types],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
}
