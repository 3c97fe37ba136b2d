// The same work by Fastify and ioredis. Environment: PORT, REDIS_SOCKET, JWT_SECRET_FILE.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createVerifier } from "fast-jwt";
import Fastify from "fastify";
import Redis from "ioredis";

const baseUrl = "http://localhost:4321";
const rate = 1_000_000_000, burst = 1_000_000_000, ttl = 604_800;

const store = new Redis({ path: process.env.REDIS_SOCKET, enableAutoPipelining: true });
store.defineCommand("create", {
  numberOfKeys: 2,
  lua: readFileSync(new URL("../create.lua", import.meta.url), "utf8"),
});
const verify = createVerifier({ key: readFileSync(process.env.JWT_SECRET_FILE, "utf8"), algorithms: ["HS256"], cache: true });

const app = Fastify();

function authenticate(request, reply, done) {
  try {
    request.user = verify((request.headers.authorization ?? "").replace(/^Bearer /, ""));
    done();
  } catch {
    reply.code(401).header("WWW-Authenticate", "Bearer").send();
  }
}

const patient = {
  type: "object",
  additionalProperties: false,
  required: ["email", "first_name", "last_name", "provider_id"],
  properties: {
    email: { type: "string", format: "email", maxLength: 254 },
    first_name: { type: "string", minLength: 1, maxLength: 100 },
    last_name: { type: "string", minLength: 1, maxLength: 100 },
    phone: { type: "string", pattern: "^\\+[1-9][0-9]{6,14}$" },
    provider_id: { type: "string", pattern: "^[A-Za-z0-9._:-]{1,64}$" },
  },
};
const invite = { type: "object", properties: { invite_id: { type: "string" }, invite_url: { type: "string" } } };

app.post(
  "/generate_invite",
  { onRequest: authenticate, schema: { body: patient, response: { 200: invite } } },
  async (request, reply) => {
    const { provider_id } = request.body;
    if (request.user.provider_id !== provider_id) return reply.code(403).send();
    const id = randomUUID();
    const made = await store.create(`b:${provider_id}`, `i:${id}`, rate, burst, ttl, JSON.stringify(request.body));
    if (!made) return reply.code(429).send();
    return { invite_id: id, invite_url: `${baseUrl}/invite/${id}` };
  },
);

const uuid = { type: "object", properties: { id: { type: "string", format: "uuid" } } };
app.post("/invite/:id/redeem", { schema: { params: uuid } }, async (request, reply) => {
  const record = await store.getdel(`i:${request.params.id}`);
  if (record === null) return reply.code(404).send();
  return JSON.parse(record);
});

app.get("/healthz", async () => ({}));

await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
