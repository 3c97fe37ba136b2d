import { useCallback, useEffect, useRef, useState } from "react";

import type { Me } from "../api/apiService";
import { ApiProblem } from "../api/problem";
import { msSinceActivity } from "./activity";
import { onAnswer, staffApi } from "./staffApi";
import { onTabNews, tellTabs } from "./tabs";

export type SessionState =
  | { kind: "loading" }
  | { kind: "failed"; problem: unknown }
  | { kind: "signed_out" }
  /** `lapsed`: signed out meanwhile; the page stays unchanged under the sign-in. `tookOver`: another user was
   * signed in before. */
  | { kind: "signed_in"; me: Me; lapsed: boolean; tookOver: boolean };

const warningMs = 2 * 60_000;
const tickMs = 1_000;
/** With less than this left, the server is told that the user is at work. (It prolongs a session past half of its 30
 * minutes.) */
const prolongMs = 14 * 60_000;
const atWorkMs = 5 * 60_000;

/** The signed-in user, and what ends the session. */
export function useSession() {
  const [state, setState] = useState<SessionState>({ kind: "loading" });
  const [leftMs, setLeftMs] = useState<number | null>(null);
  const endsAt = useRef(Infinity); // by our clock
  const skewMs = useRef(0); // the server's clock minus ours, which may be wrong
  const signedIn = useRef(false);

  const endIn = useCallback((ms: number) => {
    endsAt.current = Date.now() + ms;
    setLeftMs(null);
  }, []);

  /** Throws if the user is unknown; a 401 is handled below. */
  const load = useCallback(async () => {
    try {
      const me = await staffApi.readMe();
      const left = Math.max(new Date(me.session_expires_at).getTime() - Date.now() - skewMs.current, 0);
      endIn(left);
      tellTabs(signedIn.current ? { kind: "left", ms: left } : { kind: "signed_in" });
      signedIn.current = true;
      setState((was) => {
        const before = was.kind === "signed_in" ? was : null;
        const tookOver = before !== null && (before.tookOver || before.me.username !== me.username);
        return { kind: "signed_in", me, lapsed: false, tookOver };
      });
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) return;
      setState((s) => (s.kind === "signed_in" ? s : { kind: "failed", problem }));
      throw problem;
    }
  }, [endIn]);
  const tryToLoad = useCallback(() => void load().catch(() => {}), [load]);

  const end = useCallback((next: (before: SessionState) => SessionState) => {
    endsAt.current = Infinity;
    signedIn.current = false;
    setLeftMs(null);
    setState(next);
  }, []);
  const lapse = useCallback(
    () => end((s) => (s.kind === "signed_in" ? { ...s, lapsed: true } : { kind: "signed_out" })),
    [end],
  );
  const leave = useCallback(() => end(() => ({ kind: "signed_out" })), [end]);

  useEffect(() => {
    tryToLoad();
    return onAnswer((status, path, serverMs) => {
      if (!Number.isNaN(serverMs)) skewMs.current = serverMs - Date.now();
      if (status === 401 && !path.endsWith("/sign-in")) lapse(); // there a 401 means a wrong password
    });
  }, [tryToLoad, lapse]);

  useEffect(
    () =>
      onTabNews((news) => {
        if (news.kind === "signed_out") leave();
        else if (news.kind === "signed_in") tryToLoad(); // perhaps another user
        else if (signedIn.current) endIn(news.ms);
      }),
    [leave, tryToLoad, endIn],
  );

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

  // A user who is working must not be logged off, even in a long form without a call.
  useEffect(() => {
    const timer = setInterval(() => {
      if (msSinceActivity() < atWorkMs && endsAt.current - Date.now() < prolongMs) tryToLoad();
    }, 30_000);
    return () => clearInterval(timer);
  }, [tryToLoad]);

  const signOut = useCallback(async (everywhere = false) => {
    try {
      await staffApi.signOut({ everywhere });
    } catch (problem) {
      const over = problem instanceof ApiProblem && problem.status === 401; // this call is; others may not be
      if (!over || everywhere) throw problem;
    }
    leave();
    tellTabs({ kind: "signed_out" });
  }, [leave]);

  return { state, leftMs, load, tryToLoad, signOut };
}
