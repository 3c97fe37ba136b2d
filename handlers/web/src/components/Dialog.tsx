import { useEffect, useId, useRef, type ReactNode } from "react";

interface DialogProps {
  title: string;
  /** Also called for Escape. Without it the dialog cannot be closed. */
  onClose?: () => void;
  /** It hides the page behind it. */
  covers?: boolean;
  children: ReactNode;
}

/** A modal dialog that is open as long as it is rendered. The browser keeps the focus in it, and gives it back
 * afterwards. */
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
        e.preventDefault(); // the parent decides
        onClose?.();
      }}
      onClose={(e) => {
        // A browser still closes it if Escape is pressed repeatedly.
        if (!e.currentTarget.isConnected) return; // the late event of our own close()
        if (onClose !== undefined) onClose();
        else e.currentTarget.showModal();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
