import { useId, useRef, useState, type FormEvent } from "react";

import type { ApiService, CreatedInvite } from "../api/apiService";
import { t } from "../text";
import { problemText } from "../text/problems";
import { BirthDateCheck, LinkFields, PatientFields, type FormPart } from "./InviteFields";
import {
  draftFields, emptyDraft, errorsLeft, errorsOf, missingIn, newIdempotencyKey, toNewInvite,
  type DraftErrors, type DraftField, type InviteDraft,
} from "./inviteDraft";
import { InviteLink } from "./InviteLink";
import { Notice } from "./Notice";

export interface Clinic {
  provider_id: string;
  name: string | null;
  /** Its IANA zone, in which letters give times; otherwise they give them in this computer's. */
  time_zone?: string | null;
}

export interface GenerateInviteFormProps {
  api: Pick<ApiService, "generateInvite" | "readQrCode">;
  /** The clinics to choose from. A single one is taken; without any, the user types the id. */
  clinics: readonly Clinic[];
  /** Values that are filled in already. */
  initial?: Partial<InviteDraft>;
  /** Whether the user may see QR codes. */
  showsQr?: boolean;
  onMade?: (made: CreatedInvite) => void;
}

interface Made {
  created: CreatedInvite;
  draft: InviteDraft;
}

function startOf({ clinics, initial }: GenerateInviteFormProps): InviteDraft {
  return { ...emptyDraft, provider_id: clinics[0]?.provider_id ?? "", ...initial };
}

/** Makes one invite: shows a form, then the link. Its data stays in memory. */
export function GenerateInviteForm(props: GenerateInviteFormProps) {
  const [draft, setDraft] = useState(() => startOf(props));
  const [made, setMade] = useState<Made | null>(null);

  if (made !== null) {
    const clinic = props.clinics.find((c) => c.provider_id === made.draft.provider_id);
    const another = () => {
      setDraft({ ...startOf({ ...props, initial: {} }), provider_id: made.draft.provider_id });
      setMade(null);
    };
    return (
      <InviteLink
        api={props.api}
        link={made.created}
        letter={{
          patientName: `${made.draft.first_name.trim()} ${made.draft.last_name.trim()}`,
          locale: made.draft.locale === "" ? null : made.draft.locale,
          clinicName: clinic?.name ?? null,
          timeZone: clinic?.time_zone ?? null,
          asksFor: made.draft.asksBirthDate ? "birth_date" : null,
        }}
        showsQr={props.showsQr ?? true}
        onAnother={another}
      />
    );
  }
  const take = (created: CreatedInvite) => {
    setMade({ created, draft });
    props.onMade?.(created);
  };
  return <DraftForm {...props} draft={draft} onDraft={setDraft} onCreated={take} />;
}

interface DraftFormProps extends GenerateInviteFormProps {
  draft: InviteDraft;
  onDraft: (draft: InviteDraft) => void;
  onCreated: (created: CreatedInvite) => void;
}

function DraftForm({ api, clinics, draft, onDraft, onCreated }: DraftFormProps) {
  const [errors, setErrors] = useState<DraftErrors>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { busy, generate } = useGenerate(api);

  const show = (found: DraftErrors) => {
    setErrors(found);
    setTrouble(t("form.problems"));
    const first = draftFields.find((f) => found[f] !== undefined);
    // Waits until it is there, because the field of the birth date comes and goes.
    setTimeout(() => form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus());
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingIn(draft);
    if (Object.keys(missing).length > 0) return show(missing);
    setErrors({});
    setTrouble(null);
    try {
      const created = await generate(draft);
      if (created !== null) onCreated(created);
    } catch (problem) {
      const found = errorsOf(problem);
      if (found !== null) show(found);
      else setTrouble(problemText(problem));
    }
  };

  const part: FormPart = {
    draft,
    errors,
    set: <F extends DraftField>(field: F, value: InviteDraft[F]) => {
      onDraft({ ...draft, [field]: value });
      if (errors[field] !== undefined) setErrors(errorsLeft(errors, field));
    },
  };
  return (
    <form ref={form} className="iv-form" noValidate method="post" onSubmit={submit} aria-busy={busy} aria-labelledby={id}>
      <h2 id={id} className="iv-hidden">{t("form.title")}</h2>
      <Notice kind="error" text={trouble} />
      <PatientFields {...part} />
      <LinkFields {...part} clinics={clinics} />
      <BirthDateCheck {...part} />
      <p className="iv-acts">
        <button className="iv-button iv-primary" aria-disabled={busy}>
          {t(busy ? "form.busy" : "form.submit")}
        </button>
      </p>
    </form>
  );
}

/** Makes one invite at a time. The same content keeps its key, so that a double click, or a retry after a lost answer,
 * makes only one. */
function useGenerate(api: Pick<ApiService, "generateInvite">) {
  const [busy, setBusy] = useState(false);
  const running = useRef(false); // known at once; the state changes only with the next rendering
  const sent = useRef({ content: "", key: "" });

  const generate = async (draft: InviteDraft): Promise<CreatedInvite | null> => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    try {
      const invite = toNewInvite(draft);
      const content = JSON.stringify(invite);
      if (sent.current.content !== content) sent.current = { content, key: newIdempotencyKey() };
      const created = await api.generateInvite(invite, { idempotencyKey: sent.current.key });
      sent.current = { content: "", key: "" };
      return created;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, generate };
}
