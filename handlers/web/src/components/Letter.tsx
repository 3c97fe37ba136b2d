import { createPortal } from "react-dom";

import { t } from "../text";
import { longTime } from "../text/times";

interface LetterProps {
  url: string;
  qr: string;
  expiresAt: string;
  patientName: string;
  clinicName: string | null;
  asksBirthDate: boolean;
}

/** Printed instead of the page: one sheet for the patient. It is in the body, where the print style finds it. */
export function Letter({ url, qr, expiresAt, patientName, clinicName, asksBirthDate }: LetterProps) {
  return createPortal(
    <div className="iv-letter">
      {clinicName !== null && <p className="iv-letterhead">{clinicName}</p>}
      <p>{t("letter.greeting", { name: patientName })}</p>
      <p>{clinicName === null ? t("letter.lead_unnamed") : t("letter.lead", { clinic: clinicName })}</p>
      <p>{t("letter.how")}</p>
      <img src={qr} alt="" />
      <p className="iv-letter-url">{url}</p>
      <p>{t("letter.once", { time: longTime(expiresAt) })}</p>
      {asksBirthDate && <p>{t("letter.birth_date")}</p>}
    </div>,
    document.body,
  );
}
