import type { InviteDraft } from "../components/inviteDraft";

const fields = ["email", "first_name", "last_name", "phone", "external_id"] as const;
const longest = 254; // characters of an e-mail address, the longest of them

/** The patient's data and the portal's reference in the address, from its query or its fragment. The fragment never
 * reaches a server. */
export function readPrefill(address: URL): Partial<InviteDraft> {
  const filled: Partial<InviteDraft> = {};
  for (const source of [address.searchParams, new URLSearchParams(address.hash.slice(1))]) {
    for (const field of fields) {
      const value = source.get(field)?.trim();
      if (value !== undefined && value !== "") filled[field] = value.slice(0, longest);
    }
  }
  return filled;
}

/** Takes the data, and removes it from the address bar, the history entry and every link from here. */
export function takePrefill(): Partial<InviteDraft> {
  const address = new URL(location.href);
  if (address.search === "" && address.hash === "") return {};
  history.replaceState(null, "", address.pathname);
  return readPrefill(address);
}
