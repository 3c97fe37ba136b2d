// Compares our readers with Node's, over the corpora and over inputs from a seeded grammar, which every run repeats:
//   node run.mjs READER json|http [HOW MANY] [SEED]
// READER is the program of reader.cpp. Prints the first input on which the two differ without an excuse, and exits with 1;
// with 77 if Node has no such parser.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as http from './http.mjs';
import * as json from './json.mjs';
import { seeded } from './random.mjs';

const [reader, what, many = '4000', seed = '1'] = process.argv.slice(2);
const side = { json, http }[what];
if (!side) throw new Error('usage: node run.mjs READER json|http [HOW MANY] [SEED]');
if (!side.available()) {
  console.log('skipped: this Node has no such parser');
  process.exit(77);
}

const corpus = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../corpus', side.corpus);
const files = readdirSync(corpus).sort().map((name) => readFileSync(join(corpus, name)));
const random = seeded(Number(seed));
const inputs = [...files];
while (inputs.length < files.length + Number(many)) {
  const input = side.make(random);
  inputs.push(random.below(3) === 0 ? random.damage(random.below(4) === 0 ? random.one(files) : input) : input);
}

const framed = inputs.flatMap((input) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(input.length);
  return [length, input];
});
const run = spawnSync(reader, [what], { input: Buffer.concat(framed), maxBuffer: 1 << 30 });
if (run.error) throw run.error;
if (run.status !== 0) {
  process.stderr.write(run.stderr);
  throw new Error(`the reader ended with ${run.status ?? run.signal}`);
}

let at = 0;
let taken = 0;
for (const input of inputs) {
  const length = run.stdout.readUInt32BE(at);
  const ours = JSON.parse(run.stdout.toString('utf8', at + 4, at + 4 + length));
  at += 4 + length;
  const theirs = side.read(input);
  const difference = side.compare(ours, theirs, input);
  if (difference) {
    console.log(`${difference}\ninput:  ${JSON.stringify(input.toString('latin1'))}\nours:   ${JSON.stringify(ours)}`);
    console.log('theirs:', theirs);
    process.exit(1);
  }
  taken += side.took(ours) ? 1 : 0;
}
console.log(`${inputs.length} inputs, ${taken} of them taken, no difference (seed ${seed})`);
if (taken < inputs.length / 20) throw new Error('hardly an input was taken: the grammar tests nothing');
