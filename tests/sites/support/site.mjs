// A site of an integrator: the sources beside this folder and those that stand in the package's README, the packages
// that scripts/deps has fetched, and our package as npm would unpack it.
import { execFile } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const sources = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const packages = process.env.SITE_PACKAGES;
const mediaTypes = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
/** The server in the README's example. */
const namedServer = "https://invite.example.org";

/** Packs the package and unpacks it into `folder`, with the packages that npm would bring along. */
export async function installPackage(folder) {
  const packed = path.join(folder, "packed");
  const { PACKAGE_TOOLS: tools, PACKAGE_STAGE: stage, PACKAGE_VERSION: version } = process.env;
  await run(process.execPath, [path.join(tools, "package.mjs"), "--stage", stage, "--version", version, "--out", packed]);
  const { stdout } = await run("npm", ["pack", "--silent", "--offline", "./packed"], { cwd: folder });
  const modules = path.join(folder, "node_modules");
  fs.mkdirSync(path.join(modules, "invited-web"), { recursive: true });
  await run("tar", ["-xzf", stdout.trim(), "--strip-components=1", "-C", path.join(modules, "invited-web")], { cwd: folder });
  for (const name of ["openapi-fetch", "openapi-typescript-helpers"]) {
    fs.cpSync(fs.realpathSync(path.join(stage, "node_modules", name)), path.join(modules, name), { recursive: true });
  }
  return modules;
}

/** The files of the README: a line with a path, then a block with the content. */
function filesOf(readme) {
  return [...readme.matchAll(/^`(src\/[^`]+)`\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, name, text]) => ({ name, text }));
}

export class Site {
  /** Puts the sources of site `name` into `folder`, whose pages then ask `server`. `kind` is the folder of its own files. */
  static make({ name, kind, folder, modules }) {
    const site = new Site();
    site.name = name;
    site.folder = path.join(folder, name, "site");
    site.tools = path.join(folder, name, "node_modules");
    fs.mkdirSync(site.folder, { recursive: true });
    fs.symlinkSync(path.join(packages, name, "node_modules"), site.tools);
    for (const from of new Set([kind, name])) fs.cpSync(path.join(sources, from), site.folder, { recursive: true });
    fs.cpSync(modules, path.join(site.folder, "node_modules"), { recursive: true });
    return site;
  }

  /** Listens on a free port; before the site is built, because the server must know the origin. */
  async listen(token) {
    this.server = http.createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://site");
      if (pathname === "/api/invite-token") return request.method === "POST" ? response.end(token()) : response.writeHead(405).end();
      const found = [pathname, `${pathname}/index.html`]
        .map((p) => path.join(this.folder, "dist", p))
        .find((p) => fs.existsSync(p) && fs.statSync(p).isFile());
      if (found === undefined) return response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
      response.setHeader("Content-Type", mediaTypes[path.extname(found)] ?? "application/octet-stream");
      fs.createReadStream(found).pipe(response);
    });
    await new Promise((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.origin = `http://127.0.0.1:${this.server.address().port}`;
  }

  /** Writes the README's files, with the server that is asked. Answers their names. */
  takeReadme(server) {
    const readme = fs.readFileSync(path.join(this.folder, "node_modules/invited-web/README.md"), "utf8");
    const files = filesOf(readme).filter(({ name }) => !name.endsWith(".astro") || this.name === "astro");
    for (const { name, text } of files) {
      fs.mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      fs.writeFileSync(path.join(this.folder, name), text.replaceAll(namedServer, server));
    }
    return files.map(({ name }) => name);
  }

  /** Runs a program of one of the site's packages. */
  async tool(program, ...args) {
    const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", NODE_ENV: undefined, CI: "1" };
    try {
      await run(process.execPath, [path.join(this.tools, program), ...args], { cwd: this.folder, env });
    } catch (e) {
      throw new Error(`${this.name}: ${program} ${args.join(" ")}\n${e.stdout}${e.stderr}`);
    }
  }

  async stop() {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server === undefined ? done() : this.server.close(done)));
  }
}
