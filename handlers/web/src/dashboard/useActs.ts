import { useRef, useState } from "react";

import type { Invite, Link } from "../api/apiService";
import { ApiProblem } from "../api/problem";
import { copyPromised } from "../components/clipboard";
import { newIdempotencyKey } from "../components/inviteDraft";
import { staffApi } from "../session/staffApi";
import { t } from "../text";
import { problemText } from "../text/problems";
import { patientOf, type ActName } from "./acts";

export type ConfirmedAct = "renew" | "revoke" | "end_session" | "erase";

export type Opened =
  | { kind: "confirm"; act: ConfirmedAct; invite: Invite }
  | { kind: "details"; invite: Invite }
  | { kind: "link"; invite: Invite; link: Link & { ref: string; expires_at: string }; qr: boolean };

/** The message about the last act. */
export interface Said {
  kind: "error" | "info";
  text: string;
  /** For an act whose target goes away, so that the focus is not lost. */
  takesFocus?: boolean;
}

/** The acts of the list: the open dialog, the message about the last act, and whether one is under way. */
export function useActs(onChange: () => void) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const key = useRef("");

  const run = async (what: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setSaid(null);
    try {
      await what();
    } catch (problem) {
      // If the session has ended, the sign-in is shown instead.
      if (!(problem instanceof ApiProblem && problem.status === 401)) setSaid({ kind: "error", text: problemText(problem) });
      if (problem instanceof ApiProblem && (problem.status === 409 || problem.status === 404)) {
        setOpened(null);
        onChange(); // its state has changed since it was shown
      }
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  const showLink = (invite: Invite, link: Link, qr: boolean) =>
    setOpened({ kind: "link", invite, qr, link: { ...link, ref: invite.ref, expires_at: invite.expires_at } });

  const copy = (invite: Invite) =>
    run(async () => {
      const link = staffApi.readLink(invite.ref);
      const copied = await copyPromised(link.then((l) => l.invite_url));
      if (copied) setSaid({ kind: "info", text: t("link.copied_announced") });
      else showLink(invite, await link, false);
    });

  const tickOff = (invite: Invite) =>
    run(async () => {
      await staffApi.clearAsked(invite.ref);
      setSaid({ kind: "info", text: t("act.done.clear_asked", { name: patientOf(invite) }), takesFocus: true });
      onChange();
    });

  const start = (act: ActName, invite: Invite) => {
    if (act === "copy") return void copy(invite);
    if (act === "qr") return void run(async () => showLink(invite, await staffApi.readLink(invite.ref), true));
    if (act === "clear_asked") return void tickOff(invite);
    setSaid(null);
    if (act === "details") return setOpened({ kind: "details", invite });
    key.current = newIdempotencyKey(); // the same for each try of this act
    setOpened({ kind: "confirm", act, invite });
  };

  const confirm = (act: ConfirmedAct, invite: Invite) =>
    run(async () => {
      if (act === "renew") {
        const made = await staffApi.renewInvite(invite.ref, { idempotencyKey: key.current });
        setOpened({ kind: "link", invite, link: made, qr: false });
      } else {
        if (act === "revoke") await staffApi.revokeInvite(invite.ref);
        if (act === "end_session") await staffApi.endSession(invite.ref);
        if (act === "erase") await staffApi.eraseInvite(invite.ref);
        setOpened(null);
      }
      setSaid({ kind: "info", text: t(`act.done.${act}`), takesFocus: act !== "renew" });
      onChange();
    });

  const close = () => setOpened(null);
  return { opened, said, busy, start, confirm, close };
}

export type Acts = ReturnType<typeof useActs>;
