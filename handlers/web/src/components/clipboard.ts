/** Copies by selecting a field's text, for browsers that refuse the clipboard, as over plain HTTP. */
function copySelected(field: HTMLInputElement | HTMLTextAreaElement | null): boolean {
  if (field === null) return false;
  field.focus();
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

/**
 * Copies a text; must be called from a click, at once. Where everything is refused, answers false and leaves the
 * field's text selected, for the person to copy.
 */
export async function copyText(text: string, field: HTMLInputElement | HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(field);
  }
}

/**
 * Copies a text that is still to come. Safari and Firefox refuse a clipboard that is written after a wait, but take a
 * promise within the click. Answers false where that is not to be had; throws what the promise threw.
 */
export async function copyPromised(text: Promise<string>): Promise<boolean> {
  try {
    const blob = text.then((it) => new Blob([it], { type: "text/plain" }));
    blob.catch(() => {}); // reported below
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    await text;
    return false;
  }
}
