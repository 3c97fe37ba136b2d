// Shows the session on the built-in page /assessment. The page has the words; this shows one of its parts.
//
// The token is kept for this tab alone and until the tab is closed (sessionStorage), so that a reload leads on: it
// expires with the session, says nothing of the patient, and no other script runs here. What the session tells of the
// patient is shown and kept nowhere.
(() => {
  "use strict";
  const kept = "invited_session";

  const show = (part) => {
    for (const e of document.querySelectorAll("[data-shown]")) e.hidden = e.dataset.shown !== part;
  };

  // Where the browser has its storage blocked there is none: a reload then needs the link again.
  const storage = (() => {
    try {
      return sessionStorage;
    } catch {
      return { getItem: () => null, setItem() {}, removeItem() {} };
    }
  })();

  // From the address, which then forgets it: what is there stays in the history and can be read over a shoulder.
  const takeToken = () => {
    const given = new URLSearchParams(location.hash.slice(1)).get("access_token");
    if (!given) return storage.getItem(kept);
    history.replaceState(null, "", location.pathname + location.search);
    storage.setItem(kept, given);
    return given;
  };

  // Goes to the page in the invite's language, if there is one and nobody has chosen another.
  const turn = (locale) => {
    const language = (locale || "").split("-")[0].toLowerCase();
    const link = document.querySelector(`nav a[lang="${CSS.escape(language)}"]`);
    if (!link || location.search || !storage.getItem(kept)) return false;
    location.replace(link.href);
    return true;
  };

  const fill = (session) => {
    const { first_name, last_name, email, phone } = session.patient;
    const until = new Date(session.expires_at).toLocaleString(document.documentElement.lang, {
      dateStyle: "full",
      timeStyle: "short",
    });
    const values = { name: `${first_name} ${last_name}`, email, phone, until, ref: session.ref };
    for (const e of document.querySelectorAll("[data-session]")) {
      const value = values[e.dataset.session];
      e.textContent = value || "";
      e.parentElement.hidden = !value;
    }
  };

  const start = async () => {
    const token = takeToken();
    if (!token) return show("ended");
    try {
      // Relative: base-url may have a path.
      const answer = await fetch("session", { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
      if (answer.status === 401) {
        storage.removeItem(kept);
        return show("ended");
      }
      if (!answer.ok) return show("away");
      const session = await answer.json();
      if (turn(session.patient.locale)) return;
      fill(session);
      show("open");
    } catch {
      show("away");
    }
  };

  addEventListener("hashchange", start);
  start();
})();
