import type { Invite } from "../api/apiService";
import { t } from "../text";

/** The state in a word, and its flags. The colour says nothing more than the word. */
export function StateBadge({ invite }: { invite: Invite }) {
  return (
    <span className="iv-states">
      <span className={`iv-state iv-state-${invite.state}`}>{t(`state.${invite.state}`)}</span>
      {invite.locked_at !== null && <span className="iv-state iv-state-locked">{t("state.locked")}</span>}
      {invite.state === "pending" && invite.viewed_at !== null && (
        <span className="iv-state">{t("state.viewed")}</span>
      )}
    </span>
  );
}

/** A short time; pointing at it shows the whole time. */
export function Time({ at, text }: { at: string; text: string }) {
  return <time dateTime={at} title={new Date(at).toLocaleString()}>{text}</time>;
}
