// A text field with a list of choices to search: the core of single and multiple selects.

import { h, icon } from "../core/dom.js";
import { announce } from "../ui/announce.js";
import { createPopupList } from "./popup-list.js";

const SLOW_MS = 200;

/**
 * @param {object} setup
 * @param {import("./sources.js").Source} setup.source
 * @param {string} setup.placeholder
 * @param {object} setup.attributes further attributes of the field: id, aria-labelledby, …
 * @param {boolean} setup.multiple
 * @param {(option) => boolean} setup.isChosen
 * @param {() => string|null} setup.startAt value of the choice at which the opened list begins
 * @param {(option) => void} setup.onChoose
 * @param {() => void} setup.onLeave the field lost the focus or was given up with Escape
 */
export function createSelectBox({
  source,
  placeholder,
  attributes,
  multiple,
  isChosen,
  startAt,
  onChoose,
  onLeave,
}) {
  const field = h("input", {
    type: "text",
    role: "combobox",
    class: "select-field",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    placeholder,
    ...attributes,
  });
  const box = h(
    "div",
    { class: "select-box" },
    field,
    h("span", { class: "select-arrow" }, icon("chevron")),
  );
  const list = createPopupList({
    field,
    anchor: box,
    label: "Choices",
    multiple,
    onChoose: choose,
  });
  let asked = 0;
  let typing = null;
  // From a letter until the list fits what is typed; an Enter in between takes effect then.
  let behind = false;
  let takeOnArrival = false;

  async function show(query, activeValue = null) {
    asked += 1;
    const mine = asked;
    const slow = setTimeout(
      () => mine === asked && hasFocus() && list.open([], { message: "Searching…" }),
      SLOW_MS,
    );
    const found = await source
      .load(query)
      .catch((error) => ({ groups: [], message: error.message }));
    clearTimeout(slow);
    if (mine !== asked) return;
    if (!hasFocus()) {
      leaveWith(found.groups);
      return;
    }
    behind = false;
    list.open(found.groups, { isSelected: isChosen, message: found.message, activeValue });
    announce(found.message || `${list.count()} ${list.count() === 1 ? "choice" : "choices"}`);
    if (takeOnArrival) take();
  }

  const hasFocus = () => document.activeElement === field;
  const showAll = () => show("", startAt());

  function close() {
    asked += 1;
    behind = false;
    takeOnArrival = false;
    clearTimeout(typing);
    list.close();
  }

  function choose(option) {
    onChoose(option);
    if (!multiple) close();
    else if (list.isOpen()) showAll();
  }

  /** Enter was pressed, and the field left before its list came: what Enter takes is still taken. */
  function leaveWith(groups) {
    const [first] = takeOnArrival ? groups.flatMap((group) => group.options) : [];
    close();
    if (first) onChoose(first);
    else onLeave();
  }

  function take() {
    takeOnArrival = false;
    const option = list.activeOption();
    if (option) choose(option);
  }

  function onKey(event) {
    const key = event.key;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (list.isOpen()) list.move(key === "ArrowDown" ? 1 : -1);
      else showAll();
    } else if (key === "Enter") {
      // Enter chooses; it never sends the form from here.
      event.preventDefault();
      if (behind) takeOnArrival = true;
      else if (list.isOpen()) take();
      else showAll();
    } else if (key === "Escape" && list.isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
      onLeave();
    }
  }

  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => {
    behind = true;
    clearTimeout(typing);
    typing = setTimeout(() => show(field.value), source.restMs);
  });
  field.addEventListener("blur", () => {
    if (takeOnArrival) return;
    close();
    onLeave();
  });
  box.addEventListener("click", (event) => {
    field.focus();
    if (!list.isOpen()) showAll();
    else if (event.target !== field) close();
  });

  return { box, field };
}
