import { t } from ".";

// It has the name of the zone, because this is the computer's zone, and the patient may be elsewhere.
const whole = new Intl.DateTimeFormat(undefined, {
  year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short",
});
const brief = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const withYear = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const utcDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

export const longTime = (time: string | Date) => whole.format(new Date(time));
export const clockTime = (time: Date) => clock.format(time);
export const dayInUtc = (time: string) => utcDay.format(new Date(time));

/** Day and time; for another year, the date. */
export function shortTime(time: string): string {
  const date = new Date(time);
  return (date.getFullYear() === new Date().getFullYear() ? brief : withYear).format(date);
}

/** A length of time in its largest sensible unit. */
export function duration(seconds: number): string {
  if (seconds < 60) return t("time.seconds", { n: Math.ceil(seconds) });
  if (seconds < 3600) return t("time.minutes", { n: Math.ceil(seconds / 60) });
  if (seconds < 2 * 86400) return t("time.hours", { n: Math.round(seconds / 3600) });
  return t("time.days", { n: Math.round(seconds / 86400) });
}
