import type { Invite, Me } from "../api/apiService";
import { t } from "../text";
import { shortTime } from "../text/times";
import { actsOn, patientOf } from "./acts";
import { Menu } from "./Menu";
import { StateBadge, Time } from "./StateBadge";
import type { Acts } from "./useActs";

interface RowActsProps {
  invite: Invite;
  me: Me;
  acts: Acts;
  /** The list of those who asked for a new link. */
  asked: boolean;
}

/** The acts on one invite: the usual one, and the rest in a menu. Each names its patient, for users who hear it without
 * seeing the row. */
function RowActs({ invite, me, acts, asked }: RowActsProps) {
  const [main, ...rest] = actsOn(invite, me, asked);
  if (main === undefined) return null;
  const name = patientOf(invite);
  return (
    <span className="iv-row-acts">
      <button
        type="button"
        className="iv-button iv-small"
        aria-disabled={acts.busy}
        aria-label={t("act.of", { act: t(`act.${main}`), name })}
        onClick={() => acts.start(main, invite)}
      >
        {t(`act.${main}`)}
      </button>
      {rest.length > 0 && (
        <Menu
          label={t("act.of", { act: t("act.more"), name })}
          text={t("act.more")}
          items={rest.map((act) => ({ key: act, text: t(`act.${act}`), onChoose: () => acts.start(act, invite) }))}
        />
      )}
    </span>
  );
}

/** The patient of an invite, masked by the server. */
function Patient({ invite }: { invite: Invite }) {
  if (invite.patient === null) return <span className="iv-hint">{t("list.erased")}</span>;
  return (
    <>
      <span className="iv-name">{invite.patient.name}</span>
      <span className="iv-hint">{invite.patient.email_masked ?? invite.patient.phone_masked}</span>
    </>
  );
}

interface InviteTableProps {
  invites: readonly Invite[];
  me: Me;
  acts: Acts;
  /** They asked for a new link: it says when, not when the old one was made. */
  asked?: boolean;
}

const columns = (asked: boolean) =>
  ["list.patient", "list.state", asked ? "list.asked" : "list.made", "list.ends", "list.acts"] as const;

/** A table; on a phone each row is a card. Roles are explicit, because a style that changes `display` removes them. The
 * columns are as wide in every table, whatever is in them. */
export function InviteTable({ invites, me, acts, asked = false }: InviteTableProps) {
  return (
    <table className="iv-table" role="table">
      <caption className="iv-hidden">{t(asked ? "asked.title" : "list.caption")}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns(asked).map((key) => (
            <th key={key} role="columnheader" scope="col">{t(key)}</th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {invites.map((invite) => (
          <tr key={invite.ref} role="row" data-ref={invite.ref}>
            <td role="cell" className="iv-cell-patient"><Patient invite={invite} /></td>
            <td role="cell"><StateBadge invite={invite} /></td>
            {asked ? <Asked invite={invite} /> : <Made invite={invite} />}
            <td role="cell" data-label={t("list.ends")}>
              <Time at={invite.expires_at} text={shortTime(invite.expires_at)} />
            </td>
            <td role="cell" className="iv-cell-acts"><RowActs invite={invite} me={me} acts={acts} asked={asked} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Made({ invite }: { invite: Invite }) {
  return (
    <td role="cell" data-label={t("list.made")}>
      <Time at={invite.created_at} text={shortTime(invite.created_at)} />
      {invite.created_by !== null && <span className="iv-hint">{t("list.by", { name: invite.created_by })}</span>}
    </td>
  );
}

function Asked({ invite }: { invite: Invite }) {
  return (
    <td role="cell" data-label={t("list.asked")}>
      {invite.asked_at !== null && <Time at={invite.asked_at} text={shortTime(invite.asked_at)} />}
    </td>
  );
}
