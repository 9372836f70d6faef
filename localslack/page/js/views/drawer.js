// On a narrow screen people and conversations stand in a drawer at the left.

import { h, icon } from "../core/dom.js";

const NARROW = matchMedia("(max-width: 760px)");

/** The button that opens it; only a narrow screen shows it. */
export function drawerButton() {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button drawer-button",
      "aria-label": "People and conversations",
      on: { click: () => setDrawer(true) },
    },
    icon("menu"),
  );
}

/** Opens or closes it; what lies behind can't be reached meanwhile. */
export function setDrawer(open) {
  const frame = document.getElementById("frame");
  const wasOpen = frame.classList.contains("drawer-open");
  frame.classList.toggle("drawer-open", open && NARROW.matches);
  for (const id of ["main", "thread"]) document.getElementById(id).inert = open && NARROW.matches;
  for (const id of ["rail", "sidebar"]) document.getElementById(id).inert = !open && NARROW.matches;
  if (open) document.querySelector("#sidebar [aria-current], #sidebar a")?.focus();
  else if (wasOpen) document.querySelector(".drawer-button")?.focus();
}

/** Closes it on Escape, on a click beside it, and when the screen grows. */
export function watchDrawer() {
  setDrawer(false);
  NARROW.addEventListener("change", () => setDrawer(false));
  document.getElementById("shade").addEventListener("click", () => setDrawer(false));
  for (const id of ["rail", "sidebar"]) {
    document
      .getElementById(id)
      .addEventListener("keydown", (event) => event.key === "Escape" && setDrawer(false));
  }
}
