// When the user last did something on this page. In memory only.
let lastMs = Date.now();

for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  addEventListener(kind, () => (lastMs = Date.now()), { passive: true, capture: true });
}

export const msSinceActivity = () => Date.now() - lastMs;
