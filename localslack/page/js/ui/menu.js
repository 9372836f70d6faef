// A menu under a button, after the menu-button pattern of the ARIA Authoring Practices.

import { h } from "../core/dom.js";
import { showBeside } from "./anchored.js";

/**
 * Opens a menu and moves the focus into it; Escape, Tab or a click elsewhere closes it.
 *
 * @param {HTMLElement} opener gets the focus back
 * @param {Array<{label: string, about?: string|null, picture?: Node, choose: () => void}>} items
 * @param {string} label
 */
export function openMenu(opener, items, label) {
  const nodes = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: "menu-item",
        tabindex: "-1",
        on: { click: () => choose(item) },
      },
      item.picture,
      h("span", { class: "option-label" }, item.label),
      item.about && h("span", { class: "option-description" }, item.about),
    ),
  );
  const menu = h(
    "div",
    { class: "popup menu", popover: "manual", role: "menu", "aria-label": label },
    nodes,
  );
  opener.after(menu);
  const hide = showBeside(menu, opener);
  opener.setAttribute("aria-expanded", "true");
  nodes[0]?.focus();

  function close(returnFocus) {
    hide();
    menu.remove();
    document.removeEventListener("pointerdown", onPointer, true);
    opener.setAttribute("aria-expanded", "false");
    if (returnFocus) opener.focus();
  }

  function choose(item) {
    close(true);
    item.choose();
  }

  function onPointer(event) {
    if (!menu.contains(event.target)) close(false);
  }

  function onKey(event) {
    const at = nodes.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      nodes.at(to % nodes.length).focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "Tab") {
      close(true);
    } else if (/^\S$/.test(event.key)) {
      nodes
        .find((node) => node.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))
        ?.focus();
    }
  }

  menu.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", onPointer, true);
}
