import type { Analytics } from "../api/apiService";
import { t } from "../text";
import { dayInUtc } from "../text/times";

const columns = ["created", "viewed", "redeemed", "expired", "revoked", "replaced"] as const;

/** The series in numbers, newest first. */
export function SeriesTable({ numbers }: { numbers: Analytics }) {
  return (
    <details className="iv-numbers">
      <summary>{t("numbers.table")}</summary>
      <div className="iv-scroll" tabIndex={0} role="group" aria-label={t("numbers.table")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t(numbers.interval === "day" ? "numbers.day" : "numbers.week")}</th>
              {columns.map((c) => <th key={c} scope="col">{t(`numbers.${c}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {[...numbers.series].reverse().map((s) => (
              <tr key={s.start}>
                <th scope="row">{dayInUtc(s.start)}</th>
                {columns.map((c) => <td key={c}>{s[c]}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
