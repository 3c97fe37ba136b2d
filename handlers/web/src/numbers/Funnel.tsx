import type { Analytics } from "../api/apiService";
import { t } from "../text";

const steps = ["created", "viewed", "redeemed"] as const;
const others = ["expired", "revoked", "replaced", "locked", "asked"] as const;

/** How many links were made, seen and used: bars on one scale, each with its number. */
export function Funnel({ totals }: { totals: Analytics["totals"] }) {
  const most = Math.max(...steps.map((s) => totals[s]), 1);
  return (
    <section className="iv-card" aria-labelledby="funnel">
      <h2 id="funnel">{t("numbers.funnel")}</h2>
      <dl className="iv-funnel">
        {steps.map((step) => (
          <div key={step}>
            <dt>{t(`numbers.${step}`)}</dt>
            <dd>
              <span className="iv-bar" style={{ width: `${(100 * totals[step]) / most}%` }} />
              <span>{totals[step]}</span>
            </dd>
          </div>
        ))}
      </dl>
      <h3>{t("numbers.others")}</h3>
      <dl className="iv-others">
        {others.map((other) => (
          <div key={other}>
            <dt>{t(`numbers.${other}`)}</dt>
            <dd>{totals[other]}</dd>
          </div>
        ))}
      </dl>
      <p className="iv-hint">{t("numbers.funnel_note")}</p>
    </section>
  );
}
