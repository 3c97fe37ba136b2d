import { useEffect, useRef, useState, type ReactNode } from "react";

import type { InvitePage, Me } from "../api/apiService";
import type { Clinic } from "../components/GenerateInviteForm";
import { Notice } from "../components/Notice";
import { t } from "../text";
import { problemText } from "../text/problems";
import { clockTime } from "../text/times";
import { ActDialogs } from "./ActDialogs";
import { AskedList, loadAsked } from "./AskedList";
import { Empty, Trouble } from "./Empty";
import { Filters } from "./Filters";
import { isFiltered, loadPage, noFilter, toQuery, type ListFilter } from "./inviteList";
import { InviteTable } from "./InviteTable";
import { useActs } from "./useActs";
import { usePolled, type Polled } from "./usePolled";

/** A clinic's invites: on top those whose patients wait for a new link, then all. */
export function InvitesView({ me, clinic }: { me: Me; clinic: Clinic }) {
  const [filter, setFilter] = useState<ListFilter>(noFilter);
  const [cursors, setCursors] = useState<(string | null)[]>([null]); // cursors of the pages up to this one
  const query = toQuery(clinic.provider_id, filter, cursors.at(-1) ?? null);
  const key = JSON.stringify(query);
  const list = usePolled(() => loadPage(query), key);
  const next = list.key === key ? list.data?.next_cursor ?? null : null; // otherwise it belongs to the page before
  const asked = usePolled(() => loadAsked(clinic.provider_id), clinic.provider_id);
  const acts = useActs(() => {
    list.refresh();
    asked.refresh();
  });
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (acts.said?.takesFocus) said.current?.focus();
  }, [acts.said]);
  const narrow = (to: ListFilter) => {
    setFilter(to);
    setCursors([null]);
  };

  return (
    <>
      <div ref={said} className="iv-said" tabIndex={-1}>
        <Notice kind="info" text={acts.said?.kind === "info" ? acts.said.text : null} />
        <Notice kind="error" text={acts.said?.kind === "error" && acts.opened === null ? acts.said.text : null} />
      </div>
      {asked.data !== null && asked.data.invites.length > 0 && <AskedList {...asked.data} me={me} acts={acts} />}
      <Filters filter={filter} onFilter={narrow} />
      <ListBody list={list} filtered={isFiltered(filter)}>
        {(page) => <InviteTable invites={page.invites} me={me} acts={acts} />}
      </ListBody>
      {(cursors.length > 1 || next !== null || list.key !== key) && (
        <nav className="iv-pages" aria-label={t("list.pages")}>
          <button
            type="button"
            className="iv-button"
            disabled={cursors.length === 1}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            {t("list.newer")}
          </button>
          <span aria-live="polite">{t("list.page", { page: cursors.length })}</span>
          <button
            type="button"
            className="iv-button"
            aria-disabled={next === null}
            onClick={() => next !== null && setCursors([...cursors, next])}
          >
            {t("list.older")}
          </button>
        </nav>
      )}
      <ActDialogs acts={acts} me={me} clinic={clinic} />
    </>
  );
}

interface ListBodyProps {
  list: Polled<InvitePage>;
  filtered: boolean;
  children: (page: InvitePage) => ReactNode;
}

/** The list in each of its states: loading, failed, empty, or there. */
function ListBody({ list, filtered, children }: ListBodyProps) {
  if (list.data === null) {
    if (list.problem !== null) {
      return <Trouble title={t("list.failed")} problem={list.problem} onRetry={list.refresh} />;
    }
    return <p role="status" className="iv-waiting">{t("app.loading")}</p>;
  }
  return (
    <section aria-busy={list.loading} aria-label={t("list.title")}>
      {list.problem !== null && list.at !== null && (
        <p role="status" className="iv-notice iv-error-notice">
          {problemText(list.problem)} {t("list.stale", { time: clockTime(list.at) })}
        </p>
      )}
      {list.data.invites.length > 0 && children(list.data)}
      {list.data.invites.length === 0 && filtered && (
        <Empty title={t("list.none_found")} lead={t("list.none_found_lead")} />
      )}
      {list.data.invites.length === 0 && !filtered && (
        <Empty title={t("list.empty")} lead={t("list.empty_lead")}>
          <a className="iv-button iv-primary" href="invite">{t("nav.new")}</a>
        </Empty>
      )}
      {list.at !== null && list.problem === null && (
        <p className="iv-hint iv-updated">
          {list.resting ? t("list.paused") : t("list.updated", { time: clockTime(list.at) })}
        </p>
      )}
    </section>
  );
}
