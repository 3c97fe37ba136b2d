import { useEffect, useId, useRef, type ReactNode } from "react";

interface DialogProps {
  title: string;
  /** Escape, too. Without it the dialog cannot be left. */
  onClose?: () => void;
  /** Nothing of the page is seen behind it. */
  covers?: boolean;
  children: ReactNode;
}

/** A modal dialog, open as long as it is rendered. The browser keeps focus in it, and gives it back. */
export function Dialog({ title, onClose, covers, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close(); // gives focus back to where it was
  }, []);
  return (
    <dialog
      ref={dialog}
      className={covers ? "iv-dialog iv-covering" : "iv-dialog"}
      aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault(); // whoever renders it decides
        onClose?.();
      }}
      onClose={(e) => {
        // A browser closes it all the same when Escape is pressed again and again.
        if (!e.currentTarget.isConnected) return; // our own close(), heard late
        if (onClose !== undefined) onClose();
        else e.currentTarget.showModal();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
