import { useState } from "react";

import type { Me } from "../api/apiService";
import { GenerateInviteForm } from "../components/GenerateInviteForm";
import type { InviteDraft } from "../components/inviteDraft";
import { Notice } from "../components/Notice";
import { Staff } from "../session/Staff";
import { staffApi } from "../session/staffApi";
import { useClinics } from "../session/useClinics";
import { t } from "../text";
import { problemText } from "../text/problems";
import { mount } from "./mount";
import { takePrefill } from "./prefill";

const prefill = takePrefill(); // before anything else

// A portal may use this window again for its next patient. Then only the fragment changes, and no script
// would run again.
addEventListener("hashchange", () => location.hash !== "" && location.reload());

function NewInvite({ me, initial }: { me: Me; initial: Partial<InviteDraft> }) {
  const { clinics, problem, retry } = useClinics(me);
  const [made, setMade] = useState(false);
  return (
    <div className="iv-narrow">
      <h1>{t("form.title")}</h1>
      <p className="iv-lead">{t("form.lead")}</p>
      <div className="iv-card">
        <Notice kind="info" text={Object.keys(initial).length > 0 && !made ? t("form.prefilled") : null} />
        {clinics === null && problem === null && <p role="status" className="iv-hint">{t("app.loading")}</p>}
        <Notice kind="error" text={problem === null ? null : problemText(problem)} />
        {problem !== null && (
          <button type="button" className="iv-button" onClick={retry}>{t("app.retry")}</button>
        )}
        {clinics !== null && (
          <GenerateInviteForm
            api={staffApi}
            clinics={clinics}
            initial={initial}
            showsQr={me.role !== "portal"}
            onMade={() => setMade(true)}
          />
        )}
      </div>
    </div>
  );
}

// Only the user who came with it gets it: after another user's sign-in the page starts again.
let filled: Partial<InviteDraft> | null = prefill;
let filledFor: string | null = null;

function prefillFor(me: Me): Partial<InviteDraft> {
  filledFor ??= me.username;
  if (filledFor !== me.username) filled = null;
  return filled ?? {};
}

mount(<Staff place="new">{(me) => <NewInvite me={me} initial={prefillFor(me)} />}</Staff>);
