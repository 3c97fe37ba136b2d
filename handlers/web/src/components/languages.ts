/** Languages to offer, each by its own name. English has regions, because they decide how dates are written. */
export const languages: readonly (readonly [tag: string, name: string])[] = [
  ["en-US", "English (United States)"],
  ["en-GB", "English (United Kingdom)"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["pl", "Polski"],
  ["pt", "Português"],
  ["tr", "Türkçe"],
];
