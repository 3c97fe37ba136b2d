import { useRef, useState, type FormEvent } from "react";

import { ApiProblem } from "../api/problem";
import { Field } from "../components/Field";
import { Notice } from "../components/Notice";
import { t } from "../text";
import { problemText } from "../text/problems";
import { duration } from "../text/times";
import { staffApi } from "./staffApi";

function troubleText(problem: unknown): string {
  if (problem instanceof ApiProblem && problem.status === 401) return t("sign_in.wrong");
  if (problem instanceof ApiProblem && problem.status === 429) {
    return t("sign_in.too_many", { wait: duration(problem.retryAfter ?? 60) });
  }
  return problemText(problem);
}

/** User name and password. `onSignedIn` is called when the cookie is there. If it throws, the error is shown. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void | Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const fields = new FormData(event.currentTarget);
    const who = { username: String(fields.get("username")).trim(), password: String(fields.get("password")) };
    if (who.username === "" || who.password === "") return setTrouble(t("sign_in.missing"));
    setBusy(true);
    setTrouble(null);
    try {
      await staffApi.signIn(who);
      await onSignedIn();
    } catch (problem) {
      setTrouble(troubleText(problem));
      password.current?.focus();
      password.current?.select();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="iv-form" noValidate method="post" onSubmit={submit} aria-busy={busy}>
      <Notice kind="error" text={trouble} />
      <Field name="username" label={t("sign_in.username")}>
        {(input) => <input {...input} autoComplete="username" autoCapitalize="none" autoFocus {...unspelled} />}
      </Field>
      <Field name="password" label={t("sign_in.password")}>
        {(input) => <input {...input} ref={password} type="password" autoComplete="current-password" />}
      </Field>
      <button className="iv-button iv-primary iv-wide" aria-disabled={busy}>
        {t(busy ? "sign_in.busy" : "sign_in.submit")}
      </button>
    </form>
  );
}

const unspelled = { spellCheck: "false" } as const;
