import type { Me } from "../api/apiService";
import { t } from "../text";

export type Place = "invites" | "numbers" | "new";

const places = [
  ["invites", ".#invites", "nav.invites"],
  ["numbers", ".#numbers", "nav.numbers"],
  ["new", "invite", "nav.new"],
] as const;

/** Where one is, where one can go, and who one is. Links are relative: the server may be behind a path. */
export function TopBar({ me, place, onSignOut }: { me: Me; place: Place; onSignOut: () => void }) {
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
        <span title={t("app.signed_in_as", { name: me.username })}>{me.name ?? me.username}</span>
        <button type="button" className="iv-button iv-small" onClick={onSignOut}>{t("sign_out")}</button>
      </div>
    </header>
  );
}

/** Not by the address: its fragment says which view is shown. */
function skip(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
