import type { ReactNode } from "react";

import { t } from "../text";
import { problemText } from "../text/problems";

/** Says why there is nothing to show, and what to do about it. */
export function Empty({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  return (
    <div className="iv-empty">
      <h2>{title}</h2>
      <p className="iv-hint">{lead}</p>
      {children}
    </div>
  );
}

/** Says that something could not be loaded. */
export function Trouble({ title, problem, onRetry }: { title: string; problem: unknown; onRetry: () => void }) {
  return (
    <div className="iv-empty" role="alert">
      <h2>{title}</h2>
      <p className="iv-hint">{problemText(problem)}</p>
      <button type="button" className="iv-button" onClick={onRetry}>{t("app.retry")}</button>
    </div>
  );
}
