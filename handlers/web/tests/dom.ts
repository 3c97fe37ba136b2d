// A document for tests without a browser. Import it before anything that looks for one.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { url: "http://localhost/invite", pretendToBeVisual: true });

/** Node has these, too, but a document accepts only its own. HTTP stays Node's. */
const ownKinds = ["Event", "CustomEvent", "EventTarget", "navigator"];

for (const name of [...Object.getOwnPropertyNames(window), "EventTarget"]) {
  if (name in globalThis && !ownKinds.includes(name)) continue;
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: window[name] });
}

let urls = 0;
URL.createObjectURL = () => `blob:test/${++urls}`;
URL.revokeObjectURL = () => {};
