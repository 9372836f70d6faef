// Notices that belong to no conversation: on the Home tab, or when the server refuses something.

import { fill, h, icon } from "../core/dom.js";
import { announce } from "./announce.js";

const STAY_MS = 12_000;

/**
 * @param {string} text stays a while, and while it has the focus or the pointer
 * @param {{announced?: boolean}} [how] whether screen readers are told of it already
 */
export function toast(text, { announced = false } = {}) {
  const box = document.getElementById("toasts");
  const note = h("div", { class: "toast" });
  const remove = () => note.remove();
  const button = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Dismiss", on: { click: remove } },
    icon("close"),
  );
  fill(note, h("span", {}, text), button);
  box.append(note);
  if (!announced) announce(text);
  const leave = () =>
    note.matches(":hover, :focus-within") ? setTimeout(leave, STAY_MS) : remove();
  setTimeout(leave, STAY_MS);
}
