import { useEffect, useState } from "react";

import type { Me } from "../api/apiService";
import { NumbersView } from "../numbers/NumbersView";
import type { Place } from "../session/TopBar";
import { useClinics } from "../session/useClinics";
import { t } from "../text";
import { Empty, Trouble } from "./Empty";
import { InvitesView } from "./InvitesView";

/** The view that is shown. The fragment holds it, so that Back works. */
export function usePlace(): Place {
  const read = (): Place => (location.hash === "#numbers" ? "numbers" : "invites");
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const follow = () => setPlace(read());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return place;
}

export function Dashboard({ me, place }: { me: Me; place: Place }) {
  const { clinics, problem, retry } = useClinics(me);
  const [chosen, setChosen] = useState<string | null>(null);
  const title = t(place === "numbers" ? "numbers.title" : "list.title");
  useEffect(() => {
    document.title = `${title} – ${t("app.name")}`;
  }, [title]);

  const clinic = clinics?.find((c) => c.provider_id === chosen) ?? clinics?.[0];
  return (
    <>
      <div className="iv-heading">
        <h1>{title}</h1>
        {clinics !== null && clinics.length > 1 && (
          <label className="iv-clinic">
            {t("list.provider")}{" "}
            <select value={clinic?.provider_id ?? ""} onChange={(e) => setChosen(e.currentTarget.value)}>
              {clinics.map((c) => (
                <option key={c.provider_id} value={c.provider_id}>{c.name ?? c.provider_id}</option>
              ))}
            </select>
          </label>
        )}
        {place === "invites" && <a className="iv-button iv-primary" href="invite">{t("nav.new")}</a>}
      </div>
      {clinics === null && problem === null && <p role="status" className="iv-waiting">{t("app.loading")}</p>}
      {problem !== null && <Trouble title={t("list.failed")} problem={problem} onRetry={retry} />}
      {clinics !== null && clinic === undefined && (
        <Empty title={t("list.no_clinics")} lead={t("list.no_clinics_lead")} />
      )}
      {clinic !== undefined && place === "invites" && <InvitesView key={clinic.provider_id} me={me} clinic={clinic} />}
      {clinic !== undefined && place === "numbers" && <NumbersView key={clinic.provider_id} clinic={clinic} />}
    </>
  );
}
