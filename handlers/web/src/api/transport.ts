import createClient from "openapi-fetch";

import type { paths } from "../../generated/openapi";
import { ApiProblem } from "./problem";

export interface ApiOptions {
  /** The URL of the server; the server's own pages do not need it. */
  baseUrl?: string | URL;
  /** A staff token. Without one the browser's cookie is used. Tokens end: a function is asked before each request. */
  token?: string | (() => string | Promise<string>);
  /** A replacement for fetch, for tests or a proxy. */
  fetch?: (request: Request) => Promise<Response>;
  /** How long a call may take. */
  timeoutMs?: number;
  /** Called with every answer's status and path, and the server's clock (ms; NaN: unknown). Here a page learns that it
   * is no longer signed in. */
  onAnswer?: (status: number, path: string, serverMs: number) => void;
}

const usualTimeoutMs = 20_000;

/** The folder of the page we are on, because the server may be behind a path of a proxy. */
function ownBaseUrl(): URL {
  if (typeof document === "undefined") throw new Error("apiService needs a baseUrl outside of a browser");
  return new URL(".", document.baseURI);
}

async function bearer(token: ApiOptions["token"]): Promise<string | undefined> {
  try {
    return typeof token === "function" ? await token() : token;
  } catch (cause) {
    throw cause instanceof ApiProblem ? cause : ApiProblem.withoutToken(cause);
  }
}

/** One request with a deadline. A missing answer is a problem, too. */
async function sendRequest(request: Request, options: ApiOptions): Promise<Response> {
  const send = options.fetch ?? globalThis.fetch;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), options.timeoutMs ?? usualTimeoutMs);
  try {
    const token = await bearer(options.token);
    if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
    // The server refuses changes without it, because a form of another site cannot send this type (CSRF).
    if (request.method !== "GET") request.headers.set("Content-Type", "application/json");
    const response = await send(new Request(request, { signal: patience.signal, cache: "no-store" }));
    options.onAnswer?.(response.status, new URL(request.url).pathname, Date.parse(response.headers.get("Date") ?? ""));
    return response;
  } catch (e) {
    throw e instanceof ApiProblem ? e : ApiProblem.unreachable();
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

/** The data of a success. Throws an ApiProblem for everything else, and for a success with a wrong form. */
export async function take<T>(pending: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await pending;
  } catch (e) {
    throw e instanceof ApiProblem ? e : ApiProblem.unreachable(); // cut off, or not of its media type
  }
  if (!answer.response.ok) throw ApiProblem.of(answer.response, answer.error);
  return answer.data as T;
}
