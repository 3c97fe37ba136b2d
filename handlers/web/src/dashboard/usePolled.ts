import { useCallback, useEffect, useRef, useState } from "react";

import { ApiProblem } from "../api/problem";
import { msSinceActivity } from "../session/activity";
import { onAnswer } from "../session/staffApi";

const usualMs = 20_000;
const longestMs = 5 * 60_000;
/** After so long without activity polling stops, because each call prolongs the session, which must end then. */
const restAfterMs = 5 * 60_000;

export interface Polled<T> {
  /** The key for which `data` was loaded. */
  key: string;
  data: T | null;
  problem: unknown;
  /** When `data` was current. */
  at: Date | null;
  loading: boolean;
  resting: boolean;
  refresh: () => void;
}

interface Loaded<T> {
  key: string;
  data: T | null;
  problem: unknown;
  at: Date | null;
}

/**
 * What `load` answers, kept up to date while the page is seen and somebody is there; after failures ever more seldom.
 * Another `key` loads at once. What was loaded for the same key stays while it is loaded again, or cannot be.
 */
export function usePolled<T>(load: () => Promise<T>, key: string): Polled<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ key, data: null, problem: null, at: null });
  const [loading, setLoading] = useState(true);
  const [resting, setResting] = useState(false);
  const current = useRef({ key, load });
  current.current = { key, load };
  const running = useRef<object | null>(null); // the newest request; only its answer counts
  const failures = useRef(0);
  const nextAt = useRef(0);
  const signedOut = useRef(false);

  const refresh = useCallback(() => {
    const { key: asked, load: ask } = current.current;
    const mine = {};
    running.current = mine;
    setLoading(true);
    const settle = (show: (before: Loaded<T>) => Loaded<T>, failed: boolean) => {
      if (running.current !== mine) return;
      running.current = null;
      failures.current = failed ? failures.current + 1 : 0;
      nextAt.current = Date.now() + Math.min(usualMs * 2 ** failures.current, longestMs);
      setLoading(false);
      setLoaded(show);
    };
    ask().then(
      (data) => settle(() => ({ key: asked, data, problem: null, at: new Date() }), false),
      (problem: unknown) => {
        signedOut.current = problem instanceof ApiProblem && problem.status === 401; // the page asks to sign in again
        const refused = problem instanceof ApiProblem && (problem.status === 403 || problem.status === 404);
        const keep = (was: Loaded<T>) => was.key === asked && !refused;
        settle((was) => (keep(was) ? { ...was, problem } : { key: asked, data: null, problem, at: null }), true);
      },
    );
  }, []);

  useEffect(refresh, [key, refresh]);

  useEffect(() => {
    const stop = onAnswer((status, path) => {
      if (!signedOut.current || status !== 200 || !path.endsWith("/users/me")) return;
      signedOut.current = false;
      refresh();
    });
    const tick = () => {
      const rests = msSinceActivity() > restAfterMs;
      setResting(rests);
      const due = running.current === null && Date.now() >= nextAt.current;
      if (due && !rests && !signedOut.current && document.visibilityState === "visible") refresh();
    };
    const timer = setInterval(tick, 1_000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [refresh]);

  return { ...loaded, loading, resting, refresh };
}
