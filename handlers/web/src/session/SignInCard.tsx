import { t } from "../text";
import { SignInForm } from "./SignInForm";

/** The sign-in as a whole page. */
export function SignInCard({ onSignedIn }: { onSignedIn: () => void | Promise<void> }) {
  return (
    <main className="iv-alone">
      <div className="iv-card iv-sign-in">
        <p className="iv-brand" aria-hidden="true">{t("app.name")}</p>
        <h1>{t("sign_in.title")}</h1>
        <p className="iv-hint">{t("sign_in.lead")}</p>
        <SignInForm onSignedIn={onSignedIn} />
      </div>
    </main>
  );
}
