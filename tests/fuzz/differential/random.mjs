// Random choices from a seed, so that a difference can be found again.
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n) => next() % n;
  const one = (list) => list[below(list.length)];
  /** Mostly the first, which is the plain one. */
  const mostly = (list) => (below(3) > 0 ? list[0] : one(list));
  /** With one to three bytes changed, taken out or put in. */
  const damage = (bytes) => {
    const out = [...bytes];
    for (let times = below(3) + 1; times > 0; times--) {
      const at = below(out.length + 1);
      const byte = below(2) ? one([0, 9, 10, 13, 32, 34, 43, 44, 45, 48, 58, 59, 92, 0x7f, 0x80, 0xc0, 0xed, 0xff]) : below(256);
      out.splice(at, below(2), ...(below(3) ? [byte] : []));
    }
    return Buffer.from(out);
  };
  return { below, one, mostly, damage };
}
