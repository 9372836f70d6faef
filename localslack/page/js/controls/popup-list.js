// A list of choices beside a text field: the popup of a combobox, and of what the composer suggests.
// The field keeps the focus and points at the active choice (aria-activedescendant), after the
// combobox pattern of the ARIA Authoring Practices.

import { fill, freshId, h } from "../core/dom.js";
import { showBeside } from "../ui/anchored.js";

/**
 * @typedef {{value: string, label: string, description?: string, hint?: string, picture?: () => Node}} Option
 * @typedef {{label: string|null, options: Option[]}} Group
 */

/**
 * @param {{field: HTMLElement, anchor: HTMLElement, label: string, multiple?: boolean,
 *   onChoose: (option: Option) => void}} setup the list is put into the page after `anchor`
 */
export function createPopupList({ field, anchor, label, multiple = false, onChoose }) {
  const id = freshId("list");
  const list = h("div", {
    id,
    role: "listbox",
    "aria-label": label,
    "aria-multiselectable": multiple ? "true" : null,
  });
  const status = h("p", { class: "popup-status", hidden: true });
  const popup = h("div", { class: "popup popup-list", popover: "manual" }, list, status);
  let items = [];
  let active = -1;
  let hide = null;

  field.setAttribute("aria-autocomplete", "list");
  // The field keeps the focus while a choice is clicked.
  popup.addEventListener("pointerdown", (event) => event.preventDefault());

  function setActive(index) {
    items[active]?.node.classList.remove("active");
    active = index;
    const item = items[active];
    item?.node.classList.add("active");
    item?.node.scrollIntoView({ block: "nearest" });
    if (item) field.setAttribute("aria-activedescendant", item.node.id);
    else field.removeAttribute("aria-activedescendant");
  }

  /** A plain text field, as of the composer, has no such state; a combobox must have it. */
  function setExpanded(open) {
    if (field.matches('[role="combobox"]')) field.setAttribute("aria-expanded", String(open));
    if (open) field.setAttribute("aria-controls", id);
    else field.removeAttribute("aria-controls");
  }

  function optionNode(option, isSelected, index) {
    return h(
      "div",
      {
        id: freshId("option"),
        role: "option",
        class: "option",
        "aria-selected": isSelected ? "true" : "false",
        on: {
          click: () => onChoose(option),
          pointermove: () => active !== index && setActive(index),
        },
      },
      option.picture?.(),
      h(
        "span",
        { class: "option-label" },
        option.label,
        option.hint && h("span", { class: "option-hint" }, ` ${option.hint}`),
      ),
      option.description && h("span", { class: "option-description" }, option.description),
    );
  }

  function draw(groups, isSelected) {
    items = [];
    const add = (option) => {
      const node = optionNode(option, isSelected(option), items.length);
      items.push({ option, node });
      return node;
    };
    const drawGroup = (group) => {
      if (!group.label) return group.options.map(add);
      const headingId = freshId("group");
      const heading = h(
        "div",
        { id: headingId, class: "option-group", role: "presentation" },
        group.label,
      );
      return h(
        "div",
        { role: "group", "aria-labelledby": headingId },
        heading,
        group.options.map(add),
      );
    };
    fill(list, groups.map(drawGroup));
  }

  return {
    isOpen: () => hide !== null,
    activeOption: () => items[active]?.option ?? null,
    count: () => items.length,

    /**
     * @param {Group[]} groups
     * @param {{isSelected?: (option: Option) => boolean, message?: string, activeValue?: string|null}} [how]
     *   `message` stands under the list; `activeValue` is the choice to begin at, else the first
     */
    open(groups, { isSelected = () => false, message = "", activeValue = null } = {}) {
      if (!popup.isConnected) anchor.after(popup);
      draw(groups, isSelected);
      status.textContent = message;
      status.hidden = !message;
      hide ??= showBeside(popup, anchor, { matchWidth: true });
      setExpanded(true);
      const wanted = items.findIndex(({ option }) => option.value === activeValue);
      setActive(items.length ? Math.max(0, wanted) : -1);
    },

    close() {
      hide?.();
      hide = null;
      items = [];
      setActive(-1);
      setExpanded(false);
      popup.remove();
    },

    /** Moves the active choice, round the ends. */
    move(step) {
      if (items.length) setActive((active + step + items.length) % items.length);
    },
  };
}
