import assert from "node:assert/strict";
import { test } from "node:test";

import { withPlainDigits } from "../src/components/digits";
import { emptyDraft, missingIn, toNewInvite } from "../src/components/inviteDraft";

test("digits of every script are 0 to 9", () => {
  for (const [typed, plain] of [
    ["14", "14"], ["", ""], ["٤٨٣٩٢٠", "483920"], ["۴۸۳", "483"], ["४८३", "483"], ["๔๘๓", "483"],
    ["１４", "14"], ["𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿", "0909090909"], ["²½④a", "²½④a"],
  ]) assert.equal(withPlainDigits(typed!), plain);
});

test("a lifetime may be typed in them", () => {
  const draft = { ...emptyDraft, first_name: "A", last_name: "B", email: "a@b.org", provider_id: "c", days: " ١٤ " };
  assert.deepEqual(missingIn(draft), {});
  assert.equal(toNewInvite(draft).expires_in, 14 * 86_400);
  assert.notEqual(missingIn({ ...draft, days: "٠" }).days, undefined);
});
