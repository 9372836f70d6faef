// Says things to screen readers. What stands outside an open dialog is not read, so the words go
// into the topmost dialog's own live region.

import { h } from "../core/dom.js";

const CLEAR_MS = 4000;

/** @param {string} text read out when the reader next pauses */
export function announce(text) {
  const region = liveRegion([...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body);
  const line = h("p", {}, text);
  region.append(line);
  setTimeout(() => line.remove(), CLEAR_MS);
}

/** The live region of `root`. Readers hear best what is said in one that was there before. */
export function liveRegion(root) {
  const present = root.querySelector(":scope > [data-live-region]");
  if (present) return present;
  const region = h("div", { class: "visually-hidden", role: "status", data: { liveRegion: "" } });
  root.append(region);
  return region;
}
