import type { Invite, Me } from "../api/apiService";
import { staffApi } from "../session/staffApi";
import { t } from "../text";
import { shortTime } from "../text/times";
import { Patient, RowActs } from "./InviteTable";
import { StateBadge, Time } from "./StateBadge";
import type { Acts } from "./useActs";

const mostShown = 20;

/** Those who wait for a new link: asked, and not answered by one yet. */
export async function loadAsked(provider_id: string): Promise<Invite[]> {
  const page = await staffApi.listInvites({ provider_id, asked: true, limit: 100 });
  return page.invites.filter((i) => i.replaced_by === null && i.patient !== null).slice(0, mostShown);
}

export function AskedList({ invites, me, acts }: { invites: readonly Invite[]; me: Me; acts: Acts }) {
  return (
    <section className="iv-asked" aria-labelledby="asked">
      <h2 id="asked">{t("asked.title")} <span className="iv-count">{invites.length}</span></h2>
      <p className="iv-hint">{t("asked.lead")}</p>
      <ul>
        {invites.map((invite) => (
          <li key={invite.ref}>
            <span className="iv-cell-patient"><Patient invite={invite} /></span>
            <StateBadge invite={invite} />
            {invite.asked_at !== null && (
              <span className="iv-hint">
                <Time at={invite.asked_at} text={t("asked.at", { time: shortTime(invite.asked_at) })} />
              </span>
            )}
            <RowActs invite={invite} me={me} acts={acts} />
          </li>
        ))}
      </ul>
    </section>
  );
}
