import type { Me } from "../api/apiService";
import { t } from "../text";

/** A page without an entry here is reached from elsewhere. */
export type Place = "invites" | "numbers" | "new" | "password";

const places = [
  ["invites", ".#invites", "nav.invites"],
  ["numbers", ".#numbers", "nav.numbers"],
  ["new", "invite", "nav.new"],
] as const;

interface TopBarProps {
  me: Me;
  place: Place;
  onAccount: () => void;
  onSignOut: () => void;
}

/** Shows the current page, the other pages and the user. Links are relative, because the server may be behind a
 * path. */
export function TopBar({ me, place, onAccount, onSignOut }: TopBarProps) {
  return (
    <header className="iv-top">
      <a className="iv-skip" href="#content" onClick={skip}>{t("app.skip")}</a>
      <a className="iv-brand" href=".">{t("app.name")}</a>
      <nav aria-label={t("app.nav")}>
        {places.map(([name, href, label]) => (
          <a key={name} href={href} aria-current={place === name ? "page" : undefined}>{t(label)}</a>
        ))}
      </nav>
      <div className="iv-who">
        <button
          type="button"
          className="iv-account"
          aria-label={t("app.signed_in_as", { name: me.name ?? me.username })}
          aria-haspopup="dialog"
          onClick={onAccount}
        >
          {me.name ?? me.username}
        </button>
        <button type="button" className="iv-button iv-small" onClick={onSignOut}>{t("sign_out")}</button>
      </div>
    </header>
  );
}

/** Not by the address, because its fragment holds the view. */
function skip(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
