/** Messages between the tabs of one browser, which share a sign-in. They hold nothing about patients. */
export type TabNews = { kind: "signed_in" } | { kind: "signed_out" } | { kind: "left"; ms: number };

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("invited");

export function tellTabs(news: TabNews): void {
  channel?.postMessage(news);
}

/** Returns a function that stops it. */
export function onTabNews(listen: (news: TabNews) => void): () => void {
  const hear = ({ data }: MessageEvent<TabNews>) => listen(data);
  channel?.addEventListener("message", hear);
  return () => channel?.removeEventListener("message", hear);
}
