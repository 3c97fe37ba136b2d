import { useRef, useState } from "react";

import type { Invite, Link } from "../api/apiService";
import { ApiProblem } from "../api/problem";
import { copyPromised } from "../components/clipboard";
import { newIdempotencyKey } from "../components/inviteDraft";
import { staffApi } from "../session/staffApi";
import { t } from "../text";
import { problemText } from "../text/problems";
import type { ActName } from "./acts";

export type ConfirmedAct = "renew" | "revoke" | "end_session" | "erase";

export type Opened =
  | { kind: "confirm"; act: ConfirmedAct; invite: Invite }
  | { kind: "details"; invite: Invite }
  | { kind: "link"; invite: Invite; link: Link & { ref: string; expires_at: string }; qr: boolean };

/** What was said of the last act. */
export interface Said {
  kind: "error" | "info";
  text: string;
  /** Where what was acted on goes away: the focus must not go with it. */
  takesFocus?: boolean;
}

/** The acts of the list: what is open because of one, what was said of the last, and whether one is on its way. */
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
      // A session that has ended is answered by the sign-in.
      if (!(problem instanceof ApiProblem && problem.status === 401)) setSaid({ kind: "error", text: problemText(problem) });
      if (problem instanceof ApiProblem && (problem.status === 409 || problem.status === 404)) {
        setOpened(null);
        onChange(); // it is not as it was shown
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

  const start = (act: ActName, invite: Invite) => {
    if (act === "copy") return void copy(invite);
    if (act === "qr") return void run(async () => showLink(invite, await staffApi.readLink(invite.ref), true));
    setSaid(null);
    if (act === "details") return setOpened({ kind: "details", invite });
    key.current = newIdempotencyKey(); // the same for each try of this one
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
