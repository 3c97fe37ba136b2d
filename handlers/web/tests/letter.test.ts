import assert from "node:assert/strict";
import { test } from "node:test";

import { letterLanguage } from "../src/text/letter";

const time = "2026-12-07T16:42:32.679Z";
const plain = (text: string) => text.replace(/\s/g, " "); // Intl has spaces of its own

test("a letter is in the patient's language, with the moment in the clinic's zone", () => {
  const cases: [locale: string | null, zone: string, tag: string, moment: RegExp, greeting: string][] = [
    [null, "America/Los_Angeles", "en", /^Monday, December 7, 2026 at 8:42 AM PST$/, "Dear Ada,"],
    ["en-GB", "Europe/Zurich", "en-GB", /^Monday 7 December 2026 at 17:42 CET$|^Monday, 7 December 2026 at 17:42 CET$/, "Dear Ada,"],
    ["es", "Europe/Zurich", "es", /^lunes, 7 de diciembre de 2026, 17:42 CET$/, "Hola, Ada:"],
    ["ES-mx", "America/Los_Angeles", "ES-mx", /^lunes, 7 de diciembre de 2026,/, "Hola, Ada:"],
    ["de", "Asia/Tokyo", "en", /^Tuesday, December 8, 2026 at 1:42 AM GMT\+9$/, "Dear Ada,"],
  ];
  for (const [locale, zone, tag, moment, greeting] of cases) {
    const letter = letterLanguage(locale, zone);
    assert.equal(letter.tag, tag);
    assert.match(plain(letter.moment(time)), moment);
    assert.equal(letter.say("greeting", { name: "Ada" }), greeting);
  }
});

test("without a zone that the browser knows, the moment is in this computer's, and says so", () => {
  for (const zone of [null, "Mars/Olympus"]) assert.match(letterLanguage("en", zone).moment(time), /\b(UTC|GMT|[A-Z]{2,5})\b/);
});

test("the letter names the invite's own fact", () => {
  assert.match(letterLanguage("es", null).say("birth_date"), /fecha de nacimiento/);
  assert.match(letterLanguage("es", null).say("code"), /código/);
});
