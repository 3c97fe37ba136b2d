import type { ReactNode } from "react";
import { render } from "preact";

/** Puts a page into its place in the shell. */
export function mount(page: ReactNode): void {
  const place = document.getElementById("app");
  if (place === null) throw new Error("the page has no place for its content");
  place.replaceChildren(); // the text that is shown before the script runs
  render(page, place);
}
