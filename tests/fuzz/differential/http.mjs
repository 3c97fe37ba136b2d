// Requests of one connection, against llhttp, Node's own parser. We may refuse what it accepts, because it is
// more lenient. It must see every request that we serve, with the same method, target and content: requests
// are smuggled where two parsers see a boundary in different places.
import { createRequire } from 'node:module';

const common = createRequire(import.meta.url)('_http_common');
const Parser = common.HTTPParser;

export const corpus = 'connection';
export const available = () => typeof Parser === 'function' && Array.isArray(common.methods);
export const took = (ours) => ours.length > 0;

const ends = ['\r\n', '\n', '\r', '\r\r\n', '\n\r'];
const lengths = ['Content-Length: @', 'content-length:@', 'Content-Length: 0@', 'Content-Length: +@', 'Content-Length: @, @', 'Content-Length : @',
  'Content-Length: @\r\nContent-Length: @', 'Content-Length: 0\r\nContent-Length: @', 'Content-Length: 0x@', 'Content-Length: @ ', 'Content-Length: -@',
  'Content-Length:\t@', 'Content-Length: 1844674407370955161@', ' Content-Length: @', 'Content_Length: @', 'X:y\r\n Content-Length: @'];
const codings = ['Transfer-Encoding: chunked', 'transfer-encoding:chunked', 'Transfer-Encoding: Chunked', 'Transfer-Encoding:\tchunked', 'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: chunked, identity', 'Transfer-Encoding: xchunked', 'Transfer-Encoding : chunked', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding:\r\n chunked', 'Transfer-Encoding: \x0bchunked', 'Transfer-Encoding: chunked;a=b', 'Transfer-Encoding: "chunked"', 'Transfer-Encoding: identity'];
const sizes = [(n) => n.toString(16), (n) => `0${n.toString(16)}`, (n) => n.toString(16).toUpperCase(), (n) => `${n.toString(16)};a=b`, (n) => `${n.toString(16)};a="b;c"`,
  (n) => `${n.toString(16)} `, (n) => ` ${n.toString(16)}`, (n) => `+${n.toString(16)}`, (n) => `0x${n.toString(16)}`, (n) => `${(n + 1).toString(16)}`, (n) => `${n.toString(16)};`,
  (n) => `1000000000000000${n.toString(16)}`, (n) => `-${n.toString(16)}`, (n) => `${n.toString(16)}\t;x`];
const targets = ['/a', '/a?b=c', '/', '*', 'http://h/a', 'http://h?q', '/a%20b', '/a#b', '//evil/', '/a b', 'h:80', '/%'];
const fields = ['A: b', 'Cookie: a=1', 'Connection: close', 'Connection: keep-alive', 'A:', 'A: é', 'A b', ': b', 'A: b\0', 'Expect: 100-continue', 'Content-Type: text/plain'];

export function make({ below, one, mostly }) {
  const end = () => (below(25) ? '\r\n' : one(ends));
  const chunked = (content) => {
    const cut = below(content.length + 1);
    const parts = [content.slice(0, cut), content.slice(cut)].filter((part) => part);
    return parts.map((part) => mostly(sizes)(part.length) + end() + part + end()).join('') + one(['0', '0', '00', '0;x']) + end() + (below(4) ? '' : one(['A: b', 'Content-Length: 5', ' x']) + end()) + end();
  };
  const request = () => {
    const content = one(['', 'hello', 'GET /evil HTTP/1.1\r\nHost: h\r\n\r\n', '0\r\n\r\n', 'x'.repeat(20)]);
    const method = one(['POST', 'PUT', 'POST', 'GET', 'HEAD', 'DELETE', 'OPTIONS']);
    const lines = [`${method} ${mostly(targets)} HTTP/${mostly(['1.1', '1.0', '1.1'])}`, 'Host: h'];
    const framing = below(8);
    if (framing < 3 || framing === 7) lines.push(mostly(lengths).replaceAll('@', content.length));
    if (framing > 3) lines.splice(below(2) + 1, 0, mostly(codings));
    if (below(3) === 0) lines.push(one(fields));
    return lines.map((line) => line + end()).join('') + end() + (framing > 3 ? chunked(content) : content);
  };
  return Buffer.from((below(12) ? '' : '\r\n') + Array.from({ length: below(3) + 1 }, request).join(''), 'latin1');
}

export function read(input) {
  const parser = new Parser();
  parser.initialize(Parser.REQUEST, {}, 64 * 1024);
  const seen = [];
  let now, early, upgraded;
  parser[Parser.kOnHeaders | 0] = (headers, url) => { // called for 32 fields or more, and for trailers
    early = url || early;
  };
  parser[Parser.kOnHeadersComplete | 0] = (major, minor, headers, method, url, status, reason, upgrade) => {
    upgraded ||= upgrade;
    now = { method: common.methods[method], url: url ?? early, content: [] };
    return 0;
  };
  parser[Parser.kOnBody | 0] = (bytes) => now.content.push(Buffer.from(bytes));
  parser[Parser.kOnMessageComplete | 0] = () => {
    seen.push([now.method, now.url, Buffer.concat(now.content).toString('hex')]);
    now = undefined;
  };
  const end = parser.execute(Buffer.from(input));
  parser.close?.();
  const refused = end instanceof Error ? now ? 'content' : 'head' : upgraded ? 'upgrade' : '';
  return { seen, refused };
}

/**
 * What llhttp refuses in a head or in content, or leaves to its caller, although we serve it. It then sees no boundary at
 * all, so none in another place. The input decides, because the messages of llhttp differ from version to version.
 */
const excuses = [
  ['head', /^content-length:[ \t]*\d+ *\t/im], // a tab after it is white space (RFC 9110 §5.5)
  ['content', /^transfer-encoding:[ \t]*chunked *\t/im],
  ['content', /^content-length:/im], // in trailers, which we drop
  ['content', /^[0-9a-f]+[ \t]*;/im], // chunk extensions, which we ignore (RFC 9112 §7.1.1)
  ['upgrade', /^upgrade:/im], // which we may ignore (RFC 9110 §7.8)
];

/** As we take a target apart: an absolute-form's authority goes, an empty path is "/". */
function split(url) {
  const origin = url.replace(/^https?:\/\/[^/?#]*/i, '');
  const query = origin.indexOf('?');
  const path = query < 0 ? origin : origin.slice(0, query);
  return [path === '' ? '/' : path, query < 0 ? '' : origin.slice(query + 1)];
}

export function compare(ours, { seen, refused }, input) {
  for (const [i, [method, path, query, content]] of ours.entries()) {
    if (!seen[i]) {
      const excused = excuses.some(([where, has]) => where === refused && has.test(input.toString('latin1')));
      return excused ? undefined : `We serve request ${i + 1}, which llhttp does not see.`;
    }
    const [theirMethod, url, theirContent] = seen[i];
    const [theirPath, theirQuery] = split(url);
    if (method !== theirMethod || path !== theirPath || query !== theirQuery) return `Request ${i + 1} has another line than llhttp's.`;
    const dropped = ['GET', 'HEAD', 'OPTIONS'].includes(method); // their content means nothing, and is skipped
    if (content !== theirContent && !(dropped && content === '')) return `Request ${i + 1} has other content than llhttp's.`;
  }
  return undefined;
}
