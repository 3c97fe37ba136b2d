import { useEffect, useState, type ReactNode } from "react";

import type { Me } from "../api/apiService";
import { Dialog } from "../components/Dialog";
import { Notice } from "../components/Notice";
import { t } from "../text";
import { problemText } from "../text/problems";
import { duration } from "../text/times";
import { AccountDialog } from "./AccountDialog";
import { SignInCard } from "./SignInCard";
import { SignInForm } from "./SignInForm";
import { TopBar, type Place } from "./TopBar";
import { useSession } from "./useSession";

interface StaffProps {
  place: Place;
  children: (me: Me) => ReactNode;
}

/** A page for signed-in users. All others see the sign-in in the same place. */
export function Staff({ place, children }: StaffProps) {
  const { state, leftMs, load, tryToLoad, signOut } = useSession();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asksAccount, setAsksAccount] = useState(false);
  useEffect(hideFromHistory, []);

  if (state.kind === "loading") return <Waiting />;
  if (state.kind === "failed") return <Failed problem={state.problem} onRetry={tryToLoad} />;
  if (state.kind === "signed_out") return <SignInCard onSignedIn={load} />;

  const leave = () => signOut().then(() => setTrouble(null), () => setTrouble(t("sign_out.failed")));
  // The key makes sure that one user's open dialogs are not shown to the next.
  return (
    <div key={state.me.username} className="iv-page">
      <div hidden={state.lapsed}>
        <TopBar me={state.me} place={place} onAccount={() => setAsksAccount(true)} onSignOut={leave} />
        <main id="content" tabIndex={-1}>
          <Notice kind="error" text={trouble} />
          <Notice kind="info" text={state.tookOver ? t("sign_in.other") : null} />
          {children(state.me)}
        </main>
      </div>
      {asksAccount && !state.lapsed && (
        <AccountDialog
          me={state.me}
          onClose={() => setAsksAccount(false)}
          onSignOutEverywhere={() => signOut(true).then(() => setAsksAccount(false))}
        />
      )}
      {state.lapsed && (
        <Dialog title={t("sign_in.again")} covers>
          <p>{t("sign_in.again_lead")}</p>
          <SignInForm onSignedIn={load} />
        </Dialog>
      )}
      {!state.lapsed && leftMs !== null && <IdleWarning leftMs={leftMs} onStay={tryToLoad} onLeave={leave} />}
    </div>
  );
}

/** Browsers keep whole pages for the Back button, and would show patients to the next user after a sign-out. So the
 * page hides when it is left, and loads again when it comes back. */
function hideFromHistory(): () => void {
  const leave = () => (document.documentElement.hidden = true);
  const comeBack = (event: PageTransitionEvent) => {
    if (event.persisted) location.reload();
    else document.documentElement.hidden = false;
  };
  addEventListener("pagehide", leave);
  addEventListener("pageshow", comeBack);
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", comeBack);
  };
}

function IdleWarning({ leftMs, onStay, onLeave }: { leftMs: number; onStay: () => void; onLeave: () => void }) {
  return (
    <Dialog title={t("idle.title")} onClose={onStay}>
      <p>{t("idle.lead", { time: duration(leftMs / 1000) })}</p>
      <p className="iv-acts">
        <button type="button" className="iv-button iv-primary" onClick={onStay}>{t("idle.stay")}</button>
        <button type="button" className="iv-button" onClick={onLeave}>{t("sign_out")}</button>
      </p>
    </Dialog>
  );
}

function Waiting() {
  return (
    <main className="iv-alone">
      <p role="status" className="iv-hint">{t("app.loading")}</p>
    </main>
  );
}

function Failed({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  return (
    <main className="iv-alone">
      <h1>{t("app.name")}</h1>
      <Notice kind="error" text={problemText(problem)} />
      <button type="button" className="iv-button" onClick={onRetry}>{t("app.retry")}</button>
    </main>
  );
}
