import type { ReactNode } from "react";
import { render } from "preact";

/** Puts a page where its shell has a place for it. */
export function mount(page: ReactNode): void {
  const place = document.getElementById("app");
  if (place === null) throw new Error("the page has no place for its content");
  place.replaceChildren(); // what is said while there is no script yet
  render(page, place);
}
