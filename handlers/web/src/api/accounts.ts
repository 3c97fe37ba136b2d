import { ApiProblem } from "./problem";
import { ownBaseUrl, sendRequest, type ApiOptions } from "./transport";

export interface Credentials {
  username: string;
  password: string;
}

/** Whoever is signed in. An admin has no providers listed: all are theirs. */
export interface Me {
  username: string;
  name: string | null;
  role: string;
  provider_ids: string[];
  session_expires_at: string;
}

/** Signing in by cookie: for pages only, since no script ever sees it. */
export function makeAccounts(options: ApiOptions) {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const url = new URL(path, options.baseUrl ?? ownBaseUrl());
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await sendRequest(new Request(url, init), options);
    if (!response.ok) throw ApiProblem.of(response, await response.json().catch(() => null));
    return response;
  }

  return {
    signIn: async (who: Credentials): Promise<void> => void (await call("POST", "sign-in", who)),
    /** `everywhere`: on all other computers, too. */
    signOut: async (how: { everywhere?: boolean } = {}): Promise<void> => void (await call("POST", "sign-out", how)),
    readMe: async (): Promise<Me> => (await (await call("GET", "users/me")).json()) as Me,
  };
}
