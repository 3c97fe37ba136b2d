import { ApiProblem } from "../api/problem";
import { t } from ".";
import { duration } from "./times";

/** A problem as text for a person: what it means, and the id to give when asking about it. */
export function problemText(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return t("problem.other", { detail: "" }).trim();
  if (problem.status === 401 || problem.code === "no_token") return t("problem.signed_out");
  if (problem.status === 0) return t("problem.unreachable");
  if (problem.status === 503) return t("problem.store");
  if (problem.status === 429) return t("problem.rate", { wait: duration(problem.retryAfter ?? 1) });
  const text = problem.status === 403 ? t("problem.forbidden") : t("problem.other", { detail: problem.message });
  if (problem.status < 500 || problem.requestId === null) return text;
  return `${text} ${t("problem.reference", { id: problem.requestId })}`;
}
