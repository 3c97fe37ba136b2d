import { useLayoutEffect } from "react";

import type { Challenge } from "../api/apiService";
import { letterLanguage } from "../text/letter";

export interface LetterProps {
  url: string;
  qr: string;
  expiresAt: string;
  patientName: string;
  /** The patient's language. */
  locale: string | null;
  clinicName: string | null;
  /** The clinic's zone, in which the patient reads the time. */
  timeZone: string | null;
  /** The fact that the link asks for. */
  asksFor: Challenge["kind"] | null;
}

/** An element with a class and a text of its own, where it has them. */
function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.textContent = text;
  return made;
}

function sheetOf({ url, qr, expiresAt, patientName, locale, clinicName, timeZone, asksFor }: LetterProps): HTMLElement {
  const { tag, say, moment } = letterLanguage(locale, timeZone);
  const sheet = element("div", "iv-letter");
  sheet.lang = tag;
  const code = element("img");
  code.src = qr;
  code.alt = "";
  if (clinicName !== null) sheet.append(element("p", "iv-letterhead", clinicName));
  sheet.append(
    element("p", "", say("greeting", { name: patientName })),
    element("p", "", clinicName === null ? say("lead_unnamed") : say("lead", { clinic: clinicName })),
    element("p", "", say("how")),
    code,
    element("p", "iv-letter-url", url),
    element("p", "", say("once", { time: moment(expiresAt) })),
  );
  if (asksFor !== null) sheet.append(element("p", "", say(asksFor)));
  return sheet;
}

/** Printed instead of the page: one sheet for the patient. It is in the body, where the print style finds it. It gets
 * there without a portal, so that the form needs nothing of a site but `react` itself; and before "Print" can be
 * pressed. */
export function Letter(props: LetterProps) {
  useLayoutEffect(() => {
    const sheet = sheetOf(props);
    document.body.append(sheet);
    return () => sheet.remove();
  }, Object.values(props));
  return null;
}
