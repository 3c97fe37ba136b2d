// Checks the types of bench/recipes/invited.k6.js against @types/k6, and that the check finds what is wrong.
//   node k6_types_test.mjs RECIPES PACKAGES
// PACKAGES is .deps/recipes. Exits with 77, which means "skipped" for ctest, where the packages are missing.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [recipes, packages] = process.argv.slice(2).map((folder) => path.resolve(folder));
const lock = (folder) => path.join(folder, "package-lock.json");
if (!fs.existsSync(lock(packages)) || !fs.readFileSync(lock(packages)).equals(fs.readFileSync(lock(recipes)))) {
  console.log("skipped: the packages of bench/recipes are not there (scripts/deps --test fetches them)");
  process.exit(77);
}

const types = path.join(packages, "node_modules/@types");
const settings = {
  compilerOptions: {
    allowJs: true,
    checkJs: true,
    lib: ["ES2022"],
    module: "ESNext",
    moduleResolution: "Bundler",
    noEmit: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    paths: { k6: [`${types}/k6/index.d.ts`], "k6/*": [`${types}/k6/*/index.d.ts`] },
    strict: true,
    target: "ES2022",
    typeRoots: [types],
    types: ["k6"],
  },
};

/** What tsc says of each of the sources, in one run. */
function complaints(sources) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "invited-k6-types."));
  try {
    const files = sources.map((_, i) => `recipe${i}.js`);
    files.forEach((file, i) => fs.writeFileSync(path.join(folder, file), sources[i]));
    fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ ...settings, files }));
    const tsc = path.join(packages, "node_modules/typescript/bin/tsc");
    const told = spawnSync(process.execPath, [tsc, "--project", ".", "--pretty", "false"], { cwd: folder, encoding: "utf8" });
    const lines = `${told.stdout}${told.stderr}`.split("\n").filter((line) => line !== "");
    const about = files.map((file) => lines.filter((line) => line.startsWith(`${file}(`)));
    const other = lines.filter((line) => /^\S/.test(line) && !/^recipe\d+\.js\(/.test(line));
    return { about, other };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const recipe = fs.readFileSync(path.join(recipes, "invited.k6.js"), "utf8");
const mistakes = [
  ["http.get(", "http.fetch("],
  ["constant-arrival-rate", "constant-arival-rate"],
  ["iterationInTest", "iterationOfTest"],
  ["redeem(id, email)", "redeem(id)"],
  ["a.status === 200", 'a.status === "200"'],
];
let failed = 0;
function expect(what, good, told = []) {
  console.log(`${good ? "ok" : "FAILED"}: ${what}`);
  if (!good) console.log(told.join("\n"));
  failed += good ? 0 : 1;
}

const { about, other } = complaints([recipe, ...mistakes.map(([right, wrong]) => recipe.replace(right, wrong))]);
expect("the recipe has no error", about[0].length === 0 && other.length === 0, [...about[0], ...other]);
mistakes.forEach(([right, wrong], i) => expect(`${wrong} is an error`, recipe.includes(right) && about[i + 1].length > 0));
process.exit(failed === 0 ? 0 : 1);
