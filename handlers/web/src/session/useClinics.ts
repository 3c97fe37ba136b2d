import { useEffect, useState } from "react";

import type { Me } from "../api/apiService";
import type { Clinic } from "../components/GenerateInviteForm";
import { staffApi } from "./staffApi";

const pageSize = 200; // the most that one call returns
const mostPages = 5;

/** The user's clinics, by name. Null while they are unknown. */
export function useClinics(me: Me): { clinics: Clinic[] | null; problem: unknown; retry: () => void } {
  const [clinics, setClinics] = useState<Clinic[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let over = false;
    setProblem(null);
    loadAll()
      .then((all) => over || setClinics(all))
      .catch((e: unknown) => over || setProblem(e));
    return () => void (over = true);
  }, [me.username, tries]);
  return { clinics, problem, retry: () => setTries(tries + 1) };
}

async function loadAll(): Promise<Clinic[]> {
  const all: Clinic[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; ++page) {
    const answer: Awaited<ReturnType<typeof staffApi.listProviders>> = await staffApi.listProviders(
      cursor === null ? { limit: pageSize } : { limit: pageSize, cursor },
    );
    all.push(...answer.providers);
    cursor = answer.next_cursor;
    if (cursor === null) break;
  }
  const label = (c: Clinic) => c.name ?? c.provider_id;
  return all.sort((a, b) => label(a).localeCompare(label(b)));
}
