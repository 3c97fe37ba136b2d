import type { NewInvite } from "../api/apiService";
import { ApiProblem } from "../api/problem";
import { t } from "../text";
import { withPlainDigits } from "./digits";

/** The content of the form, as typed. */
export interface InviteDraft {
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  provider_id: string;
  days: string;
  locale: string;
  external_id: string;
  asksBirthDate: boolean;
  birthDate: string;
}

export type DraftField = keyof InviteDraft;
export type DraftErrors = Partial<Record<DraftField, string>>;

export const emptyDraft: InviteDraft = {
  first_name: "", last_name: "", email: "", phone: "", provider_id: "",
  days: "", locale: "", external_id: "", asksBirthDate: false, birthDate: "",
};

/** In the order of the form, because the focus goes to the first wrong field. */
export const draftFields: readonly DraftField[] = [
  "first_name", "last_name", "email", "phone", "provider_id", "days", "locale", "external_id", "asksBirthDate",
  "birthDate",
];

const secondsADay = 86_400;

const daysOf = (draft: InviteDraft) => withPlainDigits(draft.days.trim());

/** The errors that are found without the server; the server judges everything else. */
export function missingIn(draft: InviteDraft): DraftErrors {
  const errors: DraftErrors = {};
  for (const field of ["first_name", "last_name", "provider_id"] as const) {
    if (draft[field].trim() === "") errors[field] = t("form.missing");
  }
  if (draft.email.trim() === "" && draft.phone.trim() === "") errors.email = errors.phone = t("form.missing_contact");
  if (draft.days.trim() !== "" && !/^[1-9]\d{0,4}$/.test(daysOf(draft))) errors.days = t("form.bad_days");
  if (draft.asksBirthDate && draft.birthDate === "") errors.birthDate = t("form.missing");
  return errors;
}

/** The draft in the form of the API. */
export function toNewInvite(draft: InviteDraft): NewInvite {
  const email = draft.email.trim(), phone = draft.phone.trim();
  const invite: NewInvite = {
    ...(email === "" ? { email: null, phone } : { email, phone: phone === "" ? null : phone }),
    first_name: draft.first_name.trim(),
    last_name: draft.last_name.trim(),
    provider_id: draft.provider_id.trim(),
  };
  if (draft.days.trim() !== "") invite.expires_in = Number(daysOf(draft)) * secondsADay;
  if (draft.locale !== "") invite.locale = draft.locale;
  if (draft.external_id.trim() !== "") invite.external_id = draft.external_id.trim();
  if (draft.asksBirthDate) invite.challenge = { kind: "birth_date", answer: draft.birthDate };
  return invite;
}

const fieldOfPointer: Record<string, DraftField> = {
  "/first_name": "first_name", "/last_name": "last_name", "/email": "email", "/phone": "phone",
  "/provider_id": "provider_id", "/expires_in": "days", "/locale": "locale", "/external_id": "external_id",
  "/challenge": "birthDate", "/challenge/kind": "birthDate", "/challenge/answer": "birthDate",
};

/** The server's errors by field; null if some belong to none of the fields. */
export function errorsOf(problem: unknown): DraftErrors | null {
  if (!(problem instanceof ApiProblem) || problem.errors.length === 0) return null;
  const errors: DraftErrors = {};
  for (const { pointer, message } of problem.errors) {
    const field = fieldOfPointer[pointer];
    if (field === undefined) return null;
    errors[field] ??= field === "days" ? t("form.days_outside") : message; // the server's message is about seconds
  }
  return errors;
}

/** The errors that are left when a field has changed. One that e-mail and phone share is about both. */
export function errorsLeft(errors: DraftErrors, changed: DraftField): DraftErrors {
  const left = { ...errors };
  const contact: readonly DraftField[] = ["email", "phone"];
  const shared = contact.includes(changed) && errors.email === errors.phone;
  for (const field of shared ? contact : [changed]) delete left[field];
  return left;
}

/** 128 random bits. Not crypto.randomUUID, because it does not exist over plain HTTP. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
