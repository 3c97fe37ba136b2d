import createClient from "openapi-fetch";

import type { paths } from "../../generated/openapi";
import { ApiProblem } from "./problem";

export interface ApiOptions {
  /** Where the server is; a page of the server's own needs none. */
  baseUrl?: string | URL;
  /** A staff token. Without one the browser's cookie speaks for whoever signed in. */
  token?: string | (() => string | Promise<string>);
  /** Another fetch, for tests or a proxy. */
  fetch?: (request: Request) => Promise<Response>;
  /** How long a call may take. */
  timeoutMs?: number;
  /** Told of every answer's status and path, and of the server's clock (ms; NaN: not told); a page learns here that it is
   * not signed in any more. */
  onAnswer?: (status: number, path: string, serverMs: number) => void;
}

const usualTimeoutMs = 20_000;

/** The folder of the page we are on: the server may be behind a path of somebody's proxy. */
function ownBaseUrl(): URL {
  if (typeof document === "undefined") throw new Error("apiService needs a baseUrl outside of a browser");
  return new URL(".", document.baseURI);
}

async function bearer(token: ApiOptions["token"]): Promise<string | undefined> {
  return typeof token === "function" ? await token() : token;
}

/** One request with a deadline; what is no answer is a problem, too. */
async function sendRequest(request: Request, options: ApiOptions): Promise<Response> {
  const send = options.fetch ?? globalThis.fetch;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), options.timeoutMs ?? usualTimeoutMs);
  try {
    const token = await bearer(options.token);
    if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
    // The server takes no change without it: a form of another site cannot send this type (CSRF).
    if (request.method !== "GET") request.headers.set("Content-Type", "application/json");
    const response = await send(new Request(request, { signal: patience.signal, cache: "no-store" }));
    options.onAnswer?.(response.status, new URL(request.url).pathname, Date.parse(response.headers.get("Date") ?? ""));
    return response;
  } catch {
    throw ApiProblem.unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** A client whose calls are typed by the OpenAPI document. */
export function makeTransport(options: ApiOptions) {
  let client: ReturnType<typeof createClient<paths>> | undefined;
  return (): ReturnType<typeof createClient<paths>> => {
    client ??= createClient<paths>({
      baseUrl: String(options.baseUrl ?? ownBaseUrl()),
      fetch: (request) => sendRequest(request, options),
    });
    return client;
  };
}

/** What openapi-fetch answers. */
interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of a success; throws an ApiProblem for all else, and for a success that is not what it should be. */
export async function take<T>(pending: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await pending;
  } catch (e) {
    throw e instanceof ApiProblem ? e : ApiProblem.unreachable(); // cut off, or not what it says it is
  }
  if (!answer.response.ok) throw ApiProblem.of(answer.response, answer.error);
  return answer.data as T;
}
