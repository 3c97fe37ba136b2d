import { en } from "./en";

export type TextKey = keyof typeof en;

/** The text of a key, its `{name}`s filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return en[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
