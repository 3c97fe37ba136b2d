import { useLayoutEffect } from "react";

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

/** An element with a class and a text of its own, where it has them. */
function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.textContent = text;
  return made;
}

function sheetOf({ url, qr, expiresAt, patientName, clinicName, asksBirthDate }: LetterProps): HTMLElement {
  const sheet = element("div", "iv-letter");
  const code = element("img");
  code.src = qr;
  code.alt = "";
  if (clinicName !== null) sheet.append(element("p", "iv-letterhead", clinicName));
  sheet.append(
    element("p", "", t("letter.greeting", { name: patientName })),
    element("p", "", clinicName === null ? t("letter.lead_unnamed") : t("letter.lead", { clinic: clinicName })),
    element("p", "", t("letter.how")),
    code,
    element("p", "iv-letter-url", url),
    element("p", "", t("letter.once", { time: longTime(expiresAt) })),
  );
  if (asksBirthDate) sheet.append(element("p", "", t("letter.birth_date")));
  return sheet;
}

/** Printed instead of the page: one sheet for the patient. It is in the body, where the print style finds it. It gets
 * there without a portal, so that the form needs nothing of a site but `react` itself; and before "Print" can be
 * pressed. */
export function Letter(props: LetterProps) {
  const { url, qr, expiresAt, patientName, clinicName, asksBirthDate } = props;
  useLayoutEffect(() => {
    const sheet = sheetOf({ url, qr, expiresAt, patientName, clinicName, asksBirthDate });
    document.body.append(sheet);
    return () => sheet.remove();
  }, [url, qr, expiresAt, patientName, clinicName, asksBirthDate]);
  return null;
}
