// Packs the package and uses it as a stranger would: its types hold under strict, its code runs in plain Node.
//   node package_check.mjs TOOLS STAGE VERSION
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [tools, stage, version] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), "invited-package."));
const run = (program, ...args) => execFileSync(program, args, { cwd: work, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** The packages that the JavaScript in a folder imports. */
function importedBy(folder) {
  const texts = fs.readdirSync(folder).filter((f) => f.endsWith(".js")).map((f) => fs.readFileSync(path.join(folder, f), "utf8"));
  const names = texts.flatMap((text) => [...text.matchAll(/^(?:import|export|\}) .*?"([^"]+)";$|^import "([^"]+)";$/gm)].map((m) => m[1] ?? m[2]));
  return [...new Set(names)].filter((name) => !name.startsWith(".")).sort();
}

const consumer = `
import { ApiProblem, apiService, createApiService, type CreatedInvite } from "invited-web";
import { GenerateInviteForm } from "invited-web/GenerateInviteForm";
import { createElement } from "react";

const api = createApiService({ baseUrl: "http://localhost:4321", token: "t" });
export async function make(): Promise<CreatedInvite> {
  const made = await apiService.generateInvite({ email: "a@b.org", first_name: "A", last_name: "B", provider_id: "c" });
  const url: string = made.invite_url;
  await api.generateInvite({ phone: "+14155550123", email: null, first_name: "A", last_name: "B", provider_id: "c" });
  // @ts-expect-error a required field is missing
  await api.generateInvite({ email: url });
  // @ts-expect-error neither e-mail nor phone
  await api.generateInvite({ phone: null, first_name: "A", last_name: "B", provider_id: "c" });
  // @ts-expect-error no such state
  await api.listInvites({ state: "open" });
  const { invites } = await api.listInvites({ state: "pending" });
  const name: string | undefined = invites[0]?.patient?.name;
  if (name === undefined) throw new ApiProblem(404, {});
  return made;
}
export const form = createElement(GenerateInviteForm, { api, clinics: [] });
`;

try {
  execFileSync(process.execPath, [path.join(tools, "package.mjs"), "--stage", stage, "--version", version, "--out", path.join(work, "package")], { stdio: "inherit" });
  const tarball = run("npm", "pack", "--silent", "--offline", "./package").trim();
  assert.equal(tarball, `invited-web-${version}.tgz`);
  const modules = path.join(work, "node_modules");
  fs.mkdirSync(path.join(modules, "invited-web"), { recursive: true });
  run("tar", "-xzf", tarball, "--strip-components=1", "-C", path.join(modules, "invited-web"));
  for (const name of ["openapi-fetch", "openapi-typescript-helpers", "@types"]) {
    fs.symlinkSync(fs.realpathSync(path.join(stage, "node_modules", name)), path.join(modules, name));
  }

  assert.deepEqual(importedBy(path.join(modules, "invited-web/dist")), ["openapi-fetch", "react", "react/jsx-runtime"]);

  fs.writeFileSync(path.join(work, "consumer.ts"), consumer);
  run(process.execPath, path.join(stage, "node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--target", "es2022",
    "--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022,dom,dom.iterable", "--skipLibCheck", "false", "consumer.ts");

  const server = http.createServer((request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ invite_url: `${request.method} ${request.url} ${request.headers.authorization}` }));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { createApiService } = await import(pathToFileURL(path.join(modules, "invited-web/dist/apiService.js")).href);
  const api = createApiService({ baseUrl: `http://127.0.0.1:${server.address().port}`, token: "t" });
  assert.equal((await api.generateInvite({})).invite_url, "POST /generate_invite Bearer t");
  server.closeAllConnections();
  server.close();
  console.log(`${tarball}: packed, typed, and it runs`);
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
