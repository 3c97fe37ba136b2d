import type { Invite, Me } from "../api/apiService";
import { t } from "../text";
import { shortTime } from "../text/times";
import { actsOn, patientOf } from "./acts";
import { StateBadge, Time } from "./StateBadge";
import type { Acts } from "./useActs";

interface RowActsProps {
  invite: Invite;
  me: Me;
  acts: Acts;
}

/** The acts on one invite. Each names its patient, for users who hear it without seeing the row. */
export function RowActs({ invite, me, acts }: RowActsProps) {
  return (
    <span className="iv-row-acts">
      {actsOn(invite, me).map((act) => (
        <button
          key={act}
          type="button"
          className="iv-button iv-small"
          aria-disabled={acts.busy}
          aria-label={t("act.of", { act: t(`act.${act}`), name: patientOf(invite) })}
          onClick={() => acts.start(act, invite)}
        >
          {t(`act.${act}`)}
        </button>
      ))}
    </span>
  );
}

/** The patient of an invite, masked by the server. */
export function Patient({ invite }: { invite: Invite }) {
  if (invite.patient === null) return <span className="iv-hint">{t("list.erased")}</span>;
  return (
    <>
      <span className="iv-name">{invite.patient.name}</span>
      <span className="iv-hint">{invite.patient.email_masked}</span>
    </>
  );
}

/** A table; on a phone each row is a card. Roles are explicit, because a style that changes `display` removes them. */
export function InviteTable({ invites, me, acts }: { invites: readonly Invite[]; me: Me; acts: Acts }) {
  return (
    <table className="iv-table" role="table">
      <caption className="iv-hidden">{t("list.caption")}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(["list.patient", "list.state", "list.made", "list.ends", "list.acts"] as const).map((key) => (
            <th key={key} role="columnheader" scope="col">{t(key)}</th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {invites.map((invite) => (
          <tr key={invite.ref} role="row" data-ref={invite.ref}>
            <td role="cell" className="iv-cell-patient"><Patient invite={invite} /></td>
            <td role="cell"><StateBadge invite={invite} /></td>
            <td role="cell" data-label={t("list.made")}>
              <Time at={invite.created_at} text={shortTime(invite.created_at)} />
              {invite.created_by !== null && (
                <span className="iv-hint">{t("list.by", { name: invite.created_by })}</span>
              )}
            </td>
            <td role="cell" data-label={t("list.ends")}>
              <Time at={invite.expires_at} text={shortTime(invite.expires_at)} />
            </td>
            <td role="cell" className="iv-cell-acts"><RowActs invite={invite} me={me} acts={acts} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
