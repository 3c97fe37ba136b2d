import type { Analytics } from "../api/apiService";
import { t } from "../text";
import { duration } from "../text/times";

const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const count = new Intl.NumberFormat();

/** The four most important numbers. */
export function Figures({ numbers }: { numbers: Analytics }) {
  const { totals, rates, time_to_redeem: time, pending_at_end } = numbers;
  const none = t("numbers.none");
  const figures: [label: string, value: string, note?: string][] = [
    [t("numbers.open_now"), count.format(pending_at_end)],
    [t("numbers.created"), count.format(totals.created)],
    [t("numbers.redeem_rate"), rates.redeemed === null ? none : percent.format(rates.redeemed)],
    [
      t("numbers.median"),
      time.p50_s === null ? none : duration(time.p50_s),
      time.p90_s === null ? "" : t("numbers.p90", { time: duration(time.p90_s) }),
    ],
  ];
  return (
    <dl className="iv-figures">
      {figures.map(([label, value, note]) => (
        <div key={label} className="iv-card">
          <dt>{label}</dt>
          <dd>
            <span className="iv-figure">{value}</span>
            {note && <span className="iv-hint">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
