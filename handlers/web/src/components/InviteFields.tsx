import { t, type TextKey } from "../text";
import { Field } from "./Field";
import type { Clinic } from "./GenerateInviteForm";
import type { DraftErrors, DraftField, InviteDraft } from "./inviteDraft";
import { languages } from "./languages";

/** What each part of the form needs. */
export interface FormPart {
  draft: InviteDraft;
  errors: DraftErrors;
  set: <F extends DraftField>(field: F, value: InviteDraft[F]) => void;
}

interface TextFieldProps extends FormPart {
  field: "first_name" | "last_name" | "email" | "phone" | "provider_id" | "days" | "external_id" | "birthDate";
  label: TextKey;
  hint?: TextKey;
  optional?: boolean;
  type?: "text" | "email" | "tel" | "date";
  inputMode?: "numeric";
}

/** The data is not about the person who types it, so the browser must not fill it in, remember it, or send it to a
 * spelling service. The value is text, because Preact drops an attribute that is false. */
const kept = { autoComplete: "off", spellCheck: "false" } as const;

function TextField({ draft, errors, set, field, label, hint, optional, type, inputMode }: TextFieldProps) {
  return (
    <Field
      name={field}
      label={t(label)}
      hint={hint && t(hint)}
      error={errors[field]}
      optional={optional ?? false}
    >
      {(input) => (
        <input
          {...input}
          type={type ?? "text"}
          inputMode={inputMode}
          {...kept}
          value={draft[field]}
          onChange={(e) => set(field, e.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Of e-mail and phone one is enough, so each is optional as soon as the other is there. */
export function PatientFields(part: FormPart) {
  const { email, phone } = part.draft;
  return (
    <fieldset>
      <legend>{t("form.patient")}</legend>
      <div className="iv-columns">
        <TextField {...part} field="first_name" label="form.first_name" />
        <TextField {...part} field="last_name" label="form.last_name" />
        <TextField
          {...part}
          field="email"
          label="form.email"
          hint="form.email_hint"
          type="email"
          optional={phone.trim() !== ""}
        />
        <TextField
          {...part}
          field="phone"
          label="form.phone"
          hint="form.phone_hint"
          type="tel"
          optional={email.trim() !== ""}
        />
      </div>
    </fieldset>
  );
}

export function LinkFields({ clinics, ...part }: FormPart & { clinics: readonly Clinic[] }) {
  const { draft, errors, set } = part;
  return (
    <fieldset>
      <legend>{t("form.link")}</legend>
      <div className="iv-columns">
        {clinics.length === 0 && (
          <TextField {...part} field="provider_id" label="form.provider" hint="form.provider_hint" />
        )}
        {clinics.length > 1 && (
          <Field name="provider_id" label={t("form.provider")} error={errors.provider_id}>
            {(input) => (
              <select {...input} value={draft.provider_id} onChange={(e) => set("provider_id", e.currentTarget.value)}>
                {clinics.map((c) => (
                  <option key={c.provider_id} value={c.provider_id}>{c.name ?? c.provider_id}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        <TextField {...part} field="days" label="form.days" hint="form.days_hint" inputMode="numeric" optional />
        <Field name="locale" label={t("form.language")} error={errors.locale} optional>
          {(input) => (
            <select {...input} value={draft.locale} onChange={(e) => set("locale", e.currentTarget.value)}>
              <option value="">{t("form.language_default")}</option>
              {languages.map(([tag, name]) => (
                <option key={tag} value={tag} lang={tag}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <TextField {...part} field="external_id" label="form.external_id" hint="form.external_id_hint" optional />
      </div>
      {clinics.length === 1 && errors.provider_id !== undefined && <p className="iv-error">{errors.provider_id}</p>}
    </fieldset>
  );
}

export function BirthDateCheck(part: FormPart) {
  const { draft, set } = part;
  return (
    <div className="iv-check">
      <label>
        <input
          type="checkbox"
          name="asksBirthDate"
          checked={draft.asksBirthDate}
          onChange={(e) => set("asksBirthDate", e.currentTarget.checked)}
        />
        <span>
          {t("form.check")} <span className="iv-optional">({t("form.optional")})</span>
          <span className="iv-hint">{t("form.check_hint")}</span>
        </span>
      </label>
      {draft.asksBirthDate && <TextField {...part} field="birthDate" label="form.birth_date" type="date" />}
    </div>
  );
}
