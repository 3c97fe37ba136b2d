import type { Invite, Me } from "../api/apiService";
import { Dialog } from "../components/Dialog";
import type { Clinic } from "../components/GenerateInviteForm";
import { Facts } from "../components/Facts";
import { InviteLink } from "../components/InviteLink";
import { Notice } from "../components/Notice";
import { staffApi } from "../session/staffApi";
import { t } from "../text";
import { longTime } from "../text/times";
import { lateActsOn, patientOf } from "./acts";
import type { Acts } from "./useActs";

interface ActDialogsProps {
  acts: Acts;
  me: Me;
  clinic: Clinic;
}

/** The dialog that an act has opened. */
export function ActDialogs({ acts, me, clinic }: ActDialogsProps) {
  const { opened, said, busy, close } = acts;
  if (opened === null) return null;
  const { invite } = opened;
  const trouble = said?.kind === "error" ? said.text : null;

  if (opened.kind === "details") {
    return (
      <Dialog key="details" title={t("details.title")} onClose={close}>
        <Details invite={invite} />
        <p className="iv-acts">
          <button type="button" className="iv-button iv-primary" onClick={close}>{t("app.close")}</button>
          {lateActsOn(invite).map((act) => (
            <button key={act} type="button" className="iv-button iv-danger" onClick={() => acts.start(act, invite)}>
              {t(`act.${act}`)}
            </button>
          ))}
        </p>
      </Dialog>
    );
  }
  if (opened.kind === "link") {
    return (
      <Dialog key="link" title={patientOf(invite)} onClose={close}>
        <InviteLink
          api={staffApi}
          link={opened.link}
          letter={{
            patientName: patientOf(invite),
            locale: invite.locale,
            clinicName: clinic.name,
            timeZone: clinic.time_zone ?? null,
            asksFor: invite.challenge?.kind ?? null,
          }}
          showsQr={me.role !== "portal"}
          startsWithQr={opened.qr}
        />
        <p className="iv-acts iv-ruled">
          <button type="button" className="iv-button" onClick={close}>{t("app.close")}</button>
        </p>
      </Dialog>
    );
  }
  const { act } = opened;
  return (
    <Dialog key="confirm" title={t(`confirm.${act}`)} onClose={close}>
      <p>{t(`confirm.${act}_lead`, { name: patientOf(invite) })}</p>
      <Notice kind="error" text={trouble} />
      <p className="iv-acts">
        <button
          type="button"
          className={`iv-button ${act === "renew" ? "iv-primary" : "iv-danger"}`}
          aria-disabled={busy}
          onClick={() => acts.confirm(act, invite)}
        >
          {t(`act.${act}`)}
        </button>
        <button type="button" className="iv-button" onClick={close}>{t("app.cancel")}</button>
      </p>
    </Dialog>
  );
}

function Details({ invite }: { invite: Invite }) {
  const times = ["created_at", "viewed_at", "redeemed_at", "revoked_at", "locked_at", "asked_at", "expires_at"] as const;
  const rows: [string, string | null][] = [
    [t("details.state"), t(`state.${invite.state}`)],
    [t("details.name"), patientOf(invite)],
    [t("details.email"), invite.patient?.email_masked ?? null],
    [t("details.phone"), invite.patient?.phone_masked ?? null],
    [t("details.external_id"), invite.external_id],
    [t("details.created_by"), invite.created_by],
    ...times.map((name): [string, string | null] => {
      const at = invite[name];
      return [t(`details.${name}`), at === null ? null : longTime(at)];
    }),
    [t("details.replaced_by"), invite.replaced_by],
    [t("details.ref"), invite.ref],
  ];
  return (
    <>
      <Facts rows={rows} />
      {invite.viewed_at !== null && invite.redeemed_at === null && <p className="iv-hint">{t("details.viewed_note")}</p>}
    </>
  );
}
