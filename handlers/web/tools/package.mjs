// Puts the npm package together: the API's client and GenerateInviteForm as JavaScript with types, for sites of others.
//   node tools/package.mjs --stage DIR --version 1.2.3 --out DIR && npm pack DIR
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { stage: { type: "string" }, version: { type: "string" }, out: { type: "string" } },
});
const [stage, out] = [path.resolve(values.stage), path.resolve(values.out)];
const own = JSON.parse(fs.readFileSync(path.join(stage, "package.json"), "utf8"));

fs.rmSync(out, { recursive: true, force: true });
execFileSync(
  process.execPath,
  ["node_modules/typescript/bin/tsc", "--project", "tsconfig.package.json", "--outDir", path.join(out, "types")],
  { cwd: stage, stdio: "inherit" },
);
fs.mkdirSync(path.join(out, "types/generated"), { recursive: true });
fs.copyFileSync(path.join(stage, "generated/openapi.d.ts"), path.join(out, "types/generated/openapi.d.ts"));

/** Node's way of finding modules wants whole file names, which the sources leave to the bundler. */
function nameFilesInFull(folder) {
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (!file.endsWith(".d.ts")) continue;
    const text = fs.readFileSync(file, "utf8").replace(/(from |import\()"(\.[^"]*)"/g, (_, before, from) => {
      const whole = fs.existsSync(path.resolve(path.dirname(file), `${from}.d.ts`)) ? `${from}.js` : `${from}/index.js`;
      return `${before}"${whole}"`;
    });
    fs.writeFileSync(file, text);
  }
}
nameFilesInFull(path.join(out, "types"));

const esbuild = createRequire(`${stage}/`)("esbuild");
await esbuild.build({
  absWorkingDir: stage,
  preserveSymlinks: true,
  entryPoints: {
    apiService: "src/api/apiService.ts",
    GenerateInviteForm: "src/components/GenerateInviteForm.tsx",
    "invite-form": "src/styles/invite-form.css",
  },
  outdir: path.join(out, "dist"),
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2020",
  jsx: "automatic",
  tsconfig: path.join(stage, "tsconfig.react.json"), // the pages' own names Preact in React's place, and esbuild obeys it
  packages: "external", // React is the site's; openapi-fetch is named below
  logLevel: "warning",
});

const entry = (name, folder) => ({ types: `./types/src/${folder}/${name}.d.ts`, default: `./dist/${name}.js` });
const manifest = {
  name: own.name,
  version: values.version,
  license: own.license,
  description: "Client of an invited server, and the form that makes an invite",
  type: "module",
  engines: own.engines,
  exports: {
    ".": entry("apiService", "api"),
    "./GenerateInviteForm": entry("GenerateInviteForm", "components"),
    "./invite-form.css": "./dist/invite-form.css",
  },
  sideEffects: ["*.css"],
  dependencies: { "openapi-fetch": own.dependencies["openapi-fetch"] },
  peerDependencies: { react: ">=18" },
  peerDependenciesMeta: { react: { optional: true } }, // the client works without it
};
fs.writeFileSync(path.join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
const readme = fs.readFileSync(path.join(stage, "package.md"), "utf8");
fs.writeFileSync(path.join(out, "README.md"), readme.replaceAll("1.0.0", values.version));
