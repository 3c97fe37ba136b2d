import type { InvitePage, InviteQuery, InviteState } from "../api/apiService";
import { staffApi } from "../session/staffApi";

/** The chosen filters. `state` may be `locked`, which is a flag. */
export interface ListFilter {
  state: InviteState | "locked" | "";
  /** An e-mail address, or the clinic's own reference. */
  sought: string;
  from: string;
  to: string;
}

export const noFilter: ListFilter = { state: "", sought: "", from: "", to: "" };

export const isFiltered = (f: ListFilter) => f.state !== "" || f.sought !== "" || f.from !== "" || f.to !== "";

/** Local midnight of a day as a date field writes it, or of the day after. */
function midnight(day: string, plusDays = 0): string | null {
  const [y, m, d] = day.split("-").map(Number);
  const date = new Date(y ?? NaN, (m ?? NaN) - 1, (d ?? NaN) + plusDays);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export function toQuery(provider_id: string, filter: ListFilter, cursor: string | null): InviteQuery {
  const query: InviteQuery = { provider_id, limit: 25 };
  if (filter.state === "locked") query.locked = true;
  else if (filter.state !== "") query.state = filter.state;
  if (filter.sought.includes("@")) query.email = filter.sought;
  else if (filter.sought !== "") query.external_id = filter.sought;
  const from = midnight(filter.from);
  const to = midnight(filter.to, 1); // includes the day itself
  if (from !== null) query.created_after = from;
  if (to !== null) query.created_before = to;
  if (cursor !== null) query.cursor = cursor;
  return query;
}

const mostCalls = 10;

/** A page. One call looks at a bounded number of invites; if it found none, the next call looks further. */
export async function loadPage(query: InviteQuery): Promise<InvitePage> {
  let page = await staffApi.listInvites(query);
  for (let calls = 1; calls < mostCalls && page.invites.length === 0 && page.next_cursor !== null; ++calls) {
    page = await staffApi.listInvites({ ...query, cursor: page.next_cursor });
  }
  return page;
}
