import type { Invite, InvitePage, Me } from "../api/apiService";
import { staffApi } from "../session/staffApi";
import { t } from "../text";
import { InviteTable } from "./InviteTable";
import type { Acts } from "./useActs";

const mostShown = 20;
const mostCalls = 10;

export interface Asked {
  invites: readonly Invite[];
  /** There are more. */
  more: boolean;
}

/** Whether a patient waits for a new link: asked for one, and did not get it yet. */
const waits = (invite: Invite) => invite.replaced_by === null && invite.patient !== null;

/** The patients who wait, the latest first. Many requests may be settled already, so it looks at several pages. */
export async function loadAsked(provider_id: string): Promise<Asked> {
  const found: Invite[] = [];
  let cursor: string | null = null;
  for (let call = 0; call < mostCalls && found.length <= mostShown; ++call) {
    const page: InvitePage = await staffApi.listInvites({
      provider_id,
      asked: true,
      limit: 100,
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...page.invites.filter(waits));
    cursor = page.next_cursor;
    if (cursor === null) break;
  }
  return { invites: found.slice(0, mostShown), more: cursor !== null || found.length > mostShown };
}

export function AskedList({ invites, more, me, acts }: Asked & { me: Me; acts: Acts }) {
  const count = `${invites.length}${more ? "+" : ""}`;
  return (
    <section className="iv-asked" aria-labelledby="asked">
      <h2 id="asked">{t("asked.title")} <span className="iv-count">{count}</span></h2>
      <p className="iv-hint">{t("asked.lead")}</p>
      <InviteTable invites={invites} me={me} acts={acts} asked />
    </section>
  );
}
