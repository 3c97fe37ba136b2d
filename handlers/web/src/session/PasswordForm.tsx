import { useRef, useState, type FormEvent } from "react";

import { ApiProblem } from "../api/problem";
import { Field } from "../components/Field";
import { Notice } from "../components/Notice";
import { t } from "../text";
import { problemText } from "../text/problems";
import { duration } from "../text/times";
import { staffApi } from "./staffApi";

const names = ["old_password", "new_password", "again"] as const;
type Name = (typeof names)[number];
type Errors = Partial<Record<Name, string>>;

/** The rules of the server. Its own text is shown only for a rule of a later version. */
const rules = [
  "too_short", "too_long", "forbidden_character", "is_user_name", "too_common", "too_repetitive", "same_as_old",
] as const;

function ruleText(code: string, message: string): string {
  const known = rules.find((rule) => rule === code);
  return known === undefined ? message : t(`password.${known}`);
}

/** The errors that are found without the server. */
function look({ old_password, new_password, again }: Record<Name, string>): Errors {
  const errors: Errors = {};
  if (old_password === "") errors.old_password = t("form.missing");
  if (new_password === "") errors.new_password = t("form.missing");
  if (again === "") errors.again = t("form.missing");
  else if (again !== new_password) errors.again = t("password.two");
  return errors;
}

/** The server's errors by field; nothing if they belong to none. */
function findings(problem: unknown): Errors {
  if (!(problem instanceof ApiProblem)) return {};
  if (problem.code === "wrong_password") return { old_password: t("password.wrong") };
  const errors: Errors = {};
  for (const { pointer, code, message } of problem.errors) {
    const name = names.find((n) => pointer === `/${n}`);
    if (name !== undefined) errors[name] ??= ruleText(code, message);
  }
  return errors;
}

function troubleText(problem: unknown): string {
  if (problem instanceof ApiProblem && problem.code === "too_many_attempts") {
    return t("sign_in.too_many", { wait: duration(problem.retryAfter ?? 60) });
  }
  return problemText(problem);
}

/** Changes the user's password. `username` is for password managers, which store the password under it. */
export function PasswordForm({ username }: { username: string }) {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const show = (found: Errors) => {
    setErrors(found);
    const first = names.find((name) => found[name] !== undefined);
    if (first !== undefined) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const fields = new FormData(event.currentTarget);
    const typed = (name: Name) => String(fields.get(name));
    const given = { old_password: typed("old_password"), new_password: typed("new_password"), again: typed("again") };
    setTrouble(null);
    setDone(false);
    const missing = look(given);
    show(missing);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await staffApi.changePassword({ old_password: given.old_password, new_password: given.new_password });
      form.current?.reset();
      setDone(true);
    } catch (problem) {
      const found = findings(problem);
      show(found);
      if (Object.keys(found).length === 0) setTrouble(troubleText(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form ref={form} className="iv-form" noValidate method="post" onSubmit={submit} aria-busy={busy}>
      <Notice kind="error" text={trouble} />
      <Notice kind="info" text={done ? t("password.done") : null} />
      <input hidden readOnly name="username" autoComplete="username" value={username} />
      <Field name="old_password" label={t("password.old")} error={errors.old_password}>
        {(input) => <input {...input} type="password" autoComplete="current-password" />}
      </Field>
      <Field name="new_password" label={t("password.new")} hint={t("password.rule")} error={errors.new_password}>
        {(input) => <input {...input} type="password" autoComplete="new-password" />}
      </Field>
      <Field name="again" label={t("password.again")} error={errors.again}>
        {(input) => <input {...input} type="password" autoComplete="new-password" />}
      </Field>
      <p>
        <button className="iv-button iv-primary" aria-disabled={busy}>
          {t(busy ? "password.busy" : "password.submit")}
        </button>
      </p>
    </form>
  );
}
