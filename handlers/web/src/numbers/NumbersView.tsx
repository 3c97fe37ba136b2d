import { useState } from "react";

import type { Analytics, AnalyticsQuery } from "../api/apiService";
import type { Clinic } from "../components/GenerateInviteForm";
import { Empty, Trouble } from "../dashboard/Empty";
import { usePolled } from "../dashboard/usePolled";
import { staffApi } from "../session/staffApi";
import { t } from "../text";
import { clockTime } from "../text/times";
import { Figures } from "./Figures";
import { Funnel } from "./Funnel";
import { SeriesChart } from "./SeriesChart";
import { SeriesTable } from "./SeriesTable";

const ranges = [7, 30, 90] as const; // the server counts at most 100 days a call
const msADay = 86_400_000;

/** The last days including today; long ranges week by week. */
function queryOf(provider_id: string, days: number): AnalyticsQuery {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const to = Date.now() + msADay; // exclusive
  return { provider_id, from: day(to - days * msADay), to: day(to), interval: days > 31 ? "week" : "day" };
}

const isEmpty = (a: Analytics) =>
  a.pending_at_start === 0 && a.pending_at_end === 0 && Object.values(a.totals).every((n) => n === 0);

export function NumbersView({ clinic }: { clinic: Clinic }) {
  const [days, setDays] = useState<number>(30);
  const query = queryOf(clinic.provider_id, days);
  const numbers = usePolled(() => staffApi.readAnalytics(query), JSON.stringify(query));
  const { data } = numbers;
  return (
    <>
      <fieldset className="iv-choice">
        <legend className="iv-hidden">{t("numbers.range")}</legend>
        {ranges.map((n) => (
          <label key={n}>
            <input type="radio" name="days" checked={days === n} onChange={() => setDays(n)} />
            <span>{t("numbers.days", { days: n })}</span>
          </label>
        ))}
      </fieldset>
      {data === null && numbers.problem === null && <p role="status" className="iv-waiting">{t("app.loading")}</p>}
      {numbers.problem !== null && (
        <Trouble title={t("numbers.failed")} problem={numbers.problem} onRetry={numbers.refresh} />
      )}
      {data !== null && isEmpty(data) && (
        <Empty title={t("numbers.nothing")} lead={t("numbers.nothing_lead")} />
      )}
      {data !== null && !isEmpty(data) && (
        <div aria-busy={numbers.loading}>
          <Figures numbers={data} />
          <div className="iv-charts">
            <Funnel totals={data.totals} />
            <section className="iv-card" aria-labelledby="series">
              <h2 id="series">{t(data.interval === "day" ? "numbers.series" : "numbers.series_weeks")}</h2>
              <SeriesChart series={data.series} />
              <SeriesTable numbers={data} />
            </section>
          </div>
        </div>
      )}
      {numbers.at !== null && (
        <p className="iv-hint iv-updated">
          {numbers.resting ? t("list.paused") : t("list.updated", { time: clockTime(numbers.at) })}
        </p>
      )}
    </>
  );
}
