import "./dom";

import assert from "node:assert/strict";
import { test } from "node:test";

import { readPrefill, takePrefill } from "../src/pages/prefill";

const of = (address: string) => readPrefill(new URL(address, "http://localhost"));

test("query and fragment are read, the fragment going first", () => {
  assert.deepEqual(of("/invite?email=a%40b.org&first_name=Zo%C3%AB#last_name=L&email=c%40d.org"), {
    email: "c@d.org", first_name: "Zoë", last_name: "L",
  });
});

test("only these fields are taken, trimmed and bounded", () => {
  assert.deepEqual(of("/invite?provider_id=x&days=1&phone=%20%2B1%20&first_name=%20"), { phone: "+1" });
  assert.deepEqual(of("/invite?external_id=%20a%2F17%20&ref=x"), { external_id: "a/17" });
  assert.equal(of(`/invite?email=${"a".repeat(5000)}`).email?.length, 254);
});

test("what cannot be decoded does no harm", () => {
  assert.deepEqual(of("/invite?email=%E0%A4%A#%%%&first_name=Ada"), { email: "\uFFFD%A", first_name: "Ada" });
});

test("the address is cleaned as it is taken", () => {
  history.replaceState(null, "", "/prefix/invite?email=a%40b.org#first_name=Ada");
  assert.deepEqual(takePrefill(), { email: "a@b.org", first_name: "Ada" });
  assert.equal(location.href, "http://localhost/prefix/invite");
  assert.deepEqual(takePrefill(), {});
});
