// What the printed letter says, in the languages of the patient's pages (handlers/pages/*.cpp). Another language is
// another table of these keys.
const en = {
  greeting: "Dear {name},",
  lead: "{clinic} invites you to an online assessment.",
  lead_unnamed: "Your clinic invites you to an online assessment.",
  how: "Point your phone’s camera at this code, or type the address below into a browser:",
  once: "The link is for you alone and opens once. You can start until {time}.",
  birth_date: "You will be asked for your date of birth.",
  code: "You will be asked for the code that your clinic gave you.",
};

type LetterTexts = typeof en;

const es: LetterTexts = {
  greeting: "Hola, {name}:",
  lead: "{clinic} le invita a realizar una evaluación en línea.",
  lead_unnamed: "Su clínica le invita a realizar una evaluación en línea.",
  how: "Apunte la cámara de su teléfono a este código o escriba la dirección de abajo en un navegador:",
  once: "El enlace es solo para usted y se abre una sola vez. Puede comenzar hasta el {time}.",
  birth_date: "Se le pedirá su fecha de nacimiento.",
  code: "Se le pedirá el código que le dio su clínica.",
};

const languages: Record<string, LetterTexts> = { en, es };

/** How a letter is written: its language, its texts, and a moment as the patient's clock shows it. */
export interface LetterLanguage {
  tag: string;
  say: (key: keyof LetterTexts, values?: Record<string, string>) => string;
  moment: (time: string) => string;
}

const form = {
  weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short",
} as const;

/** In the clinic's zone; where it has none, or the browser does not know it, in that of this computer, which is usually
 * the clinic's. The zone is named either way. */
function formatOf(tag: string, timeZone: string | null): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(tag, timeZone === null ? form : { ...form, timeZone });
  } catch {
    return new Intl.DateTimeFormat(undefined, form);
  }
}

/** The language of a letter to a patient of this locale. English where we do not have the patient's, as on the pages. */
export function letterLanguage(locale: string | null, timeZone: string | null): LetterLanguage {
  const wanted = locale ?? "en";
  const language = (wanted.split("-")[0] ?? "").toLowerCase();
  const texts = languages[language];
  const tag = texts === undefined ? "en" : wanted;
  return {
    tag,
    say: (key, values = {}) => (texts ?? en)[key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
    moment: (time) => formatOf(tag, timeZone).format(new Date(time)),
  };
}
