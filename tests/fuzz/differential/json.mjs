// JSON bodies, against JSON.parse. We may refuse what it accepts only for one of the reasons in `excuses`.
import { isDeepStrictEqual } from 'node:util';

export const corpus = 'json_body';
export const available = () => true;
export const took = (ours) => ours !== null;

const numbers = ['0', '-0', '1', '12', '-7', '1.5', '1e5', '1E+5', '1e-5', '0.1e1', '1e400', '1e-400', '9007199254740993',
  '123456789012345678901234567890', '0.000000000001e-2147483639', '1e2147483648', '01', '1.', '.5', '-', '+1', '1e', '0x1', 'NaN', '1_0'];
const pieces = ['', 'a', 'é', '€', '😀', ' ', '\\n', '\\"', '\\\\', '\\/', '\\u0041', '\\ud83d\\ude00', '\\u0000', '\\ud800', '\\udc00',
  '\\x', '\\u12', '\t', '\x7f', '\u2028', '\ufeff', '__proto__', 'email', '/', "'"];
const blanks = ['', ' ', '\n', '\r\n', '\t', '\f', '\u00a0', '\v'];

export function make(random) {
  const { below, one, mostly } = random;
  const blank = () => (below(5) ? '' : mostly(blanks.slice(0, 5).concat(below(8) ? [] : blanks)));
  const text = () => `"${Array.from({ length: below(4) }, () => (below(4) ? one(pieces.slice(0, 12)) : one(pieces))).join('')}"`;
  const number = () => (below(4) ? one(numbers.slice(0, 16)) : one(numbers));
  const list = (item, depth) => Array.from({ length: below(4) }, () => blank() + item(depth + 1) + blank()).join(below(30) ? ',' : ',,');
  const member = (depth) => text() + blank() + (below(40) ? ':' : '=') + blank() + value(depth);
  const value = (depth) => {
    switch (depth > 9 ? below(4) : below(7)) {
      case 0: return number();
      case 1: return one(['true', 'false', 'null', below(9) ? 'true' : 'True']);
      case 2: case 3: return text();
      case 4: return `[${list(value, depth)}${below(40) ? '' : ','}]`;
      default: return `{${list(member, depth)}}`;
    }
  };
  return Buffer.from(blank() + value(0) + blank() + (below(40) ? '' : 'x'));
}

/** {value}, or nothing where it is refused. A byte order mark before it is skipped (RFC 8259 8.1), as we do. */
export function read(input) {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(input)) };
  } catch {
    return undefined;
  }
}

function depth(text) {
  let deepest = 0, now = 0;
  for (const [token] of text.matchAll(/"(?:\\.|[^"\\])*"|[[{\]}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++now);
    if (token === ']' || token === '}') now--;
  }
  return deepest;
}

const excuses = [
  (text) => depth(text) > 8,
  (text) => /\\u0000/.test(text), // no C string may end early
  (text) => /\\u[dD][89a-fA-F]/.test(text), // perhaps a lone surrogate, which is not a character
  (text) => /\d{308}|[eE]\+?0*\d{3}/.test(text), // a number that no double holds
];

/** The value that our events make, by the rules of JSON.parse: of members of the same name the last one counts. */
function build(events) {
  const open = [];
  let name, root;
  const put = (value) => {
    const into = open.at(-1);
    if (!into) root = value;
    else if (Array.isArray(into.value)) into.value.push(value);
    else Object.defineProperty(into.value, into.name, { value, writable: true, enumerable: true, configurable: true });
  };
  for (const [what, text] of events) {
    if (what === 'key') open.at(-1).name = text;
    else if (what === 'object' || what === 'array') {
      const value = what === 'object' ? {} : [];
      put(value);
      open.push({ value, name });
    } else if (what === 'end') open.pop();
    else put(what === 'string' ? text : what === 'number' ? Number(text) : JSON.parse(text || 'null'));
  }
  return root;
}

export function compare(ours, theirs, input) {
  if (ours === null) {
    if (!theirs || excuses.some((excuse) => excuse(input.toString()))) return undefined;
    return 'We refuse what JSON.parse takes.';
  }
  if (!theirs) return 'We take what JSON.parse refuses.';
  return isDeepStrictEqual(build(ours), theirs.value) ? undefined : 'We read another value than JSON.parse.';
}
