// A real invited with a real Redis of its own, in a temporary folder, and staff accounts from its command line.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

const program = process.env.PROGRAM_UNDER_TEST;
const patienceMs = 60_000;
const jwtSecret = "a secret of the tests, longer than thirty-two bytes";
const redisOptions = ["--port", "0", "--appendonly", "yes", "--appendfsync", "always", "--no-appendfsync-on-rewrite", "no",
  "--maxmemory-policy", "noeviction", "--save", ""];

export const password = "correct horse battery";

export async function waitUntil(condition, what) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${patienceMs / 1000} s`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

/** Starts a program that ends with us, however we end. */
const start = (args, stdio) => spawn("setpriv", ["--pdeathsig", "KILL", ...args], { stdio });

function secretFile(folder, name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** One that is free now. Links carry it, so the server cannot choose it itself. */
function freePort() {
  return new Promise((done) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

const answers = async (url) => (await fetch(url).catch(() => null))?.ok;

export class World {
  /** `options`: further ones of `invited serve`. */
  static async start(...options) {
    const world = new World();
    const folder = (world.folder = fs.mkdtempSync("/tmp/invited.")); // a Unix socket's path has 107 bytes
    const socket = path.join(folder, "redis.sock");
    world.redis = start([process.env.INVITED_TEST_REDIS ?? "redis-server", "--unixsocket", socket, "--dir", folder, ...redisOptions], "ignore");
    await waitUntil(() => fs.existsSync(socket), "Redis listens");
    world.store = [
      `--redis=unix://${socket}`,
      `--key-file=${secretFile(folder, "keys", execFileSync(program, ["keygen"]))}`,
    ];
    world.secret = `--jwt-secret-file=${secretFile(folder, "jwt_secret", jwtSecret)}`;
    world.passwordFile = secretFile(folder, "password", password);
    world.logFile = path.join(folder, "invited.log");
    const port = await freePort();
    world.baseUrl = `http://127.0.0.1:${port}`;
    world.server = start(
      [program, "serve", `--listen=127.0.0.1:${port}`, "--admin-listen=127.0.0.1:0", `--base-url=${world.baseUrl}`,
        "--threads=1", "--ttl-min=1s", "--patient-rate=1000", "--patient-burst=10000", world.secret, ...world.store, ...options],
      ["ignore", "ignore", fs.openSync(world.logFile, "w")],
    );
    await waitUntil(() => {
      if (world.server.exitCode !== null) throw new Error(`invited ended: ${world.log()}`);
      return answers(`${world.baseUrl}/readyz`);
    }, "invited is ready");
    return world;
  }

  log() {
    return fs.readFileSync(this.logFile, "utf8");
  }

  addUser(username, role, providers, name) {
    execFileSync(program, ["user", "add", username, "--role", role, ...providers.flatMap((p) => ["--provider", p]),
      "--name", name, "--password-file", this.passwordFile, ...this.store]);
  }

  /** A staff token. */
  token({ role = "clinician", provider = "clinic-1" } = {}) {
    return execFileSync(program, ["token", this.secret, "--subject=dr.setup", `--role=${role}`, "--expires-in=1h",
      ...(role === "admin" ? [] : [`--provider=${provider}`])]).toString().trim();
  }

  /** A call of the API as staff, by a token: for what a test needs to be there before. */
  async call(method, where, body, as) {
    const token = this.token(as);
    const response = await fetch(this.baseUrl + where, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }

  makeInvite(more = {}) {
    const body = { email: "ada@example.org", first_name: "Ada", last_name: "Lovelace", provider_id: "clinic-1", ...more };
    return this.call("POST", "/generate_invite", body, { provider: body.provider_id });
  }

  redeem(invite) {
    return fetch(`${invite.invite_url}/redeem`, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
  }

  async stop() {
    for (const process of [this.server, this.redis]) {
      if (process === undefined || process.exitCode !== null) continue;
      process.kill("SIGTERM");
      await waitUntil(() => process.exitCode !== null || process.signalCode !== null, "a process ends");
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
