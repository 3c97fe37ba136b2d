import type { Invite, Me } from "../api/apiService";
import { t } from "../text";

export type ActName = "copy" | "qr" | "renew" | "revoke" | "details" | "end_session" | "erase" | "clear_asked";

/** The acts that an invite's state allows (api: states and acts), the most used first; that is another one where the
 * patient has `asked` for a new link. */
export function actsOn(invite: Invite, me: Me, asked: boolean): ActName[] {
  const acts: ActName[] = [];
  const open = invite.state === "pending";
  const erased = invite.patient === null;
  if (open && invite.locked_at === null && me.role !== "portal" && !erased) acts.push("copy", "qr");
  if ((open || (invite.state === "expired" && invite.replaced_by === null)) && !erased) acts.push("renew");
  if (open) acts.push("revoke");
  acts.push("details");
  if (!asked) return acts;
  const first: ActName[] = acts.includes("renew") ? ["renew", "clear_asked"] : ["clear_asked"];
  return [...first, ...acts.filter((a) => a !== "renew")];
}

/** Acts that are offered only beside the details, because they are rare and final. */
export function lateActsOn(invite: Invite): ActName[] {
  const acts: ActName[] = [];
  if (invite.state === "redeemed" && invite.patient !== null) acts.push("end_session");
  if (invite.patient !== null) acts.push("erase");
  return acts;
}

export const patientOf = (invite: Invite) => invite.patient?.name ?? t("list.erased");
