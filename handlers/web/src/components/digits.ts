const digit = /\p{Nd}/u;

/** `text` with the digits of every script as 0 to 9. Unicode has them in runs of ten, each from 0 to 9. */
export function withPlainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (typed) => {
    const at = typed.codePointAt(0)!;
    let first = at;
    while (first > 0 && digit.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((at - first) % 10);
  });
}
