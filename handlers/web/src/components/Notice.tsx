interface NoticeProps {
  kind: "error" | "info";
  text: string | null;
}

/** A message that is announced when it comes. Its place is always there, because a place that comes with it
 * may be missed. */
export function Notice({ kind, text }: NoticeProps) {
  return (
    <div role={kind === "error" ? "alert" : "status"} className="iv-notices">
      {text !== null && <p className={`iv-notice iv-${kind}-notice`}>{text}</p>}
    </div>
  );
}
