// @ts-check
// Makes invites with k6, looks at each as a patient's browser does, opens it, and checks every answer. See README.md
// beside it. It was type-checked, never run.
//
//   k6 run -e URL=http://localhost:4321 -e PROVIDER=clinic-1 -e TOKEN=... -e RATE=100 -e DURATION=60s -e P99_MS=50 invited.k6.js
//
// k6 ends with status 99 if a threshold is broken.
import { check } from "k6";
import exec from "k6/execution";
import http from "k6/http";

const url = (__ENV.URL || "http://localhost:4321").replace(/\/$/, "");
const rate = Number(__ENV.RATE || "100"); // a whole number
const fast = [`p(99)<${__ENV.P99_MS || "50"}`];

/** @type {import("k6/options").Options} */
export const options = {
  scenarios: {
    lifecycle: {
      // An open loop: arrivals do not wait for answers. k6 counts a latency from when a request was sent, though, so an
      // arrival that finds no free VU is no latency, but dropped.
      executor: "constant-arrival-rate",
      rate,
      timeUnit: "1s",
      duration: __ENV.DURATION || "60s",
      preAllocatedVUs: Math.max(10, Math.ceil(rate / 10)),
      maxVUs: Math.max(100, rate),
    },
  },
  thresholds: {
    checks: ["rate==1"],
    http_req_failed: ["rate==0"],
    dropped_iterations: ["count==0"], // the rate was not reached: figures are not those of the load meant
    "http_req_duration{name:create}": fast,
    "http_req_duration{name:view}": fast,
    "http_req_duration{name:redeem}": fast,
  },
  summaryTrendStats: ["med", "p(90)", "p(99)", "p(99.9)", "max", "count"],
};

/**
 * The body as an object; an empty one if it is none, so that its checks fail.
 * @param {import("k6/http").Response} answer
 * @returns {{ [member: string]: unknown }}
 */
function object(answer) {
  try {
    const found = answer.json();
    return found !== null && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch {
    return {};
  }
}

/** What all iterations share. Without a token nothing can be made, so nothing is begun. */
export function setup() {
  if (!__ENV.PROVIDER || !__ENV.TOKEN) throw new Error("PROVIDER and TOKEN are needed");
  return { started: Date.now() };
}

/** @param {{ started: number }} data */
export default function (data) {
  const email = `patient.${data.started}.${exec.scenario.iterationInTest}@example.org`;
  const id = create(email);
  if (!id) return;
  view(id);
  redeem(id, email);
}

/**
 * @param {string} email
 * @returns {string | undefined} the invite's id, if it was made
 */
function create(email) {
  const patient = { email, first_name: "Ada", last_name: "Lovelace", phone: "+14155550123", provider_id: __ENV.PROVIDER };
  const answer = http.post(`${url}/generate_invite`, JSON.stringify(patient), {
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${__ENV.TOKEN}` },
    tags: { name: "create" },
  });
  const { invite_id: id, invite_url: link } = object(answer);
  const made = check(answer, {
    "create: 200": (a) => a.status === 200,
    "create: the link leads to the invite": () => typeof id === "string" && String(link).endsWith(`/invite/${id}`),
  });
  return made ? String(id) : undefined;
}

/** @param {string} id */
function view(id) {
  const answer = http.get(`${url}/invite/${id}`, { headers: { Accept: "application/json" }, tags: { name: "view" } });
  check(answer, {
    "view: 200": (a) => a.status === 200,
    "view: pending": (a) => object(a).state === "pending",
  });
}

/**
 * @param {string} id
 * @param {string} email
 */
function redeem(id, email) {
  const answer = http.post(`${url}/invite/${id}/redeem`, "{}", {
    headers: { "Content-Type": "application/json" },
    tags: { name: "redeem" },
  });
  const { patient, access_token: token } = object(answer);
  check(answer, {
    "redeem: 200": (a) => a.status === 200,
    "redeem: the same patient": () =>
      typeof patient === "object" && patient !== null && "email" in patient && patient.email === email,
    "redeem: a token": () => typeof token === "string" && token !== "",
  });
}
