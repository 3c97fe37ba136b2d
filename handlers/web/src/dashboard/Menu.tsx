import { useId, useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from "react";

interface MenuItem {
  key: string;
  text: string;
  onChoose: () => void;
}

interface MenuProps {
  /** What the button is called for users who hear it without seeing the row. */
  label: string;
  text: string;
  items: readonly MenuItem[];
}

/** Where an arrow, Home or End leads from the item at `at` of `count`; null for any other key. */
function nextItem(key: string, at: number, count: number): number | null {
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}

/** A button that opens a menu (ARIA's pattern of a menu button). It closes with a choice, Escape, Tab, and wherever else
 * the focus goes. The button has the focus again before the choice acts, so that a dialog gives it back there. */
export function Menu({ label, text, items }: MenuProps) {
  const [open, setOpen] = useState<"down" | "up" | null>(null);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const entries = () => Array.from(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []);
  useLayoutEffect(() => {
    if (open !== null) entries()[0]?.focus();
  }, [open]);

  const toggle = () => {
    if (open !== null) return setOpen(null);
    const room = innerHeight - (button.current?.getBoundingClientRect().bottom ?? 0);
    setOpen(room < items.length * 48 + 24 ? "up" : "down"); // 48 px an item
  };
  const close = () => {
    setOpen(null);
    button.current?.focus();
  };
  const choose = (item: MenuItem) => {
    close();
    item.onChoose();
  };
  const follow = (event: KeyboardEvent<HTMLElement>) => {
    if (open === null) return;
    if (event.key === "Escape") return close();
    if (event.key === "Tab") return setOpen(null);
    const all = entries();
    const to = nextItem(event.key, all.indexOf(document.activeElement as HTMLElement), all.length);
    if (to === null) return;
    event.preventDefault(); // the page would scroll
    all[to]?.focus();
  };
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(null);
  };

  return (
    <span className="iv-menu" onKeyDown={follow} onBlur={leave}>
      <button
        ref={button}
        type="button"
        className="iv-button iv-small"
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : id}
        aria-label={label}
        onClick={toggle}
      >
        {text}
      </button>
      {open !== null && (
        <ul ref={list} id={id} className={`iv-menu-${open}`} role="menu" aria-label={label}>
          {items.map((item) => (
            <li key={item.key} role="none">
              <button type="button" role="menuitem" tabIndex={-1} onClick={() => choose(item)}>{item.text}</button>
            </li>
          ))}
        </ul>
      )}
    </span>
  );
}
