// Prints a list of passwords as the server looks them up (handlers/staff/common_passwords.cpp): in small letters, in the
// order of their bytes, each once. Each also without the digits and punctuation around it, because these are
// the same password to somebody who guesses; this needs more than three letters.
//   node tools/passwords.mjs …/language-common/src/passwords.json
import fs from "node:fs";

const words = new Set();
for (const password of JSON.parse(fs.readFileSync(process.argv[2], "utf8"))) {
  const word = password.toLowerCase();
  const core = word.replace(/^[^a-z]+|[^a-z]+$/g, "");
  if (!/^[!-~]+$/.test(word)) throw new Error("the list is expected to be of ASCII, without spaces");
  words.add(word);
  if (core.length > 3) words.add(core);
}
process.stdout.write([...words].sort().map((word) => `${word}\n`).join("")); // ASCII: units of UTF-16 sort as bytes
