import { useCallback, useEffect, useRef, useState } from "react";

import type { Me } from "../api/apiService";
import { ApiProblem } from "../api/problem";
import { msSinceActivity } from "./activity";
import { onAnswer, staffApi } from "./staffApi";

export type SessionState =
  | { kind: "loading" }
  | { kind: "failed"; problem: unknown }
  | { kind: "signed_out" }
  /** `lapsed`: signed out in between; the page stays as it is under the sign-in. `tookOver`: from somebody else. */
  | { kind: "signed_in"; me: Me; lapsed: boolean; tookOver: boolean };

const warningMs = 2 * 60_000;
const tickMs = 1_000;

/** How long a session lives from its last call on. The absolute end, which may come sooner, is the server's. */
function idleMsOf(me: Me): number {
  return Math.max(new Date(me.session_expires_at).getTime() - Date.now(), 0);
}

/** Who is signed in, and what ends it. */
export function useSession() {
  const [state, setState] = useState<SessionState>({ kind: "loading" });
  const [leftMs, setLeftMs] = useState<number | null>(null);
  const endsAt = useRef(Infinity);
  const idleMs = useRef(0);

  const load = useCallback(async () => {
    try {
      const me = await staffApi.readMe();
      idleMs.current = idleMsOf(me);
      endsAt.current = Date.now() + idleMs.current;
      setLeftMs(null);
      setState((was) => {
        const before = was.kind === "signed_in" ? was : null;
        const tookOver = before !== null && (before.tookOver || before.me.username !== me.username);
        return { kind: "signed_in", me, lapsed: false, tookOver };
      });
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) return; // heard below
      setState((s) => (s.kind === "signed_in" ? s : { kind: "failed", problem }));
    }
  }, []);

  const lapse = useCallback(() => {
    endsAt.current = Infinity;
    setLeftMs(null);
    setState((s) => (s.kind === "signed_in" ? { ...s, lapsed: true } : { kind: "signed_out" }));
  }, []);

  useEffect(() => {
    void load();
    return onAnswer((status, path) => {
      if (path.endsWith("/sign-in")) return; // whose 401 is a wrong password
      if (status === 401) lapse();
      else if (endsAt.current !== Infinity) endsAt.current = Date.now() + idleMs.current; // a call prolongs it
    });
  }, [load, lapse]);

  useEffect(() => {
    const tick = () => {
      const left = endsAt.current - Date.now();
      if (left > warningMs) return setLeftMs(null);
      if (left > 0) return setLeftMs(left);
      lapse();
      void staffApi.signOut().catch(() => {}); // the server has ended it, or will
    };
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [lapse]);

  // Whoever is working but makes no call, as in a long form, is not to be logged off.
  useEffect(() => {
    const timer = setInterval(() => {
      const quarter = idleMs.current / 4;
      const recent = msSinceActivity() < quarter;
      if (recent && endsAt.current !== Infinity && endsAt.current - Date.now() < 3 * quarter) void load();
    }, 30_000);
    return () => clearInterval(timer);
  }, [load]);

  const signOut = useCallback(async (everywhere = false) => {
    await staffApi.signOut({ everywhere });
    endsAt.current = Infinity;
    setState({ kind: "signed_out" });
  }, []);

  return { state, leftMs, load, signOut };
}
