// What the composer offers while one types: the app's commands after "/", names after "@".

import { createPopupList } from "../controls/popup-list.js";
import { personAvatar } from "../ui/avatar.js";
import { announce } from "../ui/announce.js";
import { icon } from "../core/dom.js";

const COMMAND = /^\/\S*$/;
const NAME = /(?:^|\s)@([\w.-]*)$/;

/**
 * @param {object} setup
 * @param {HTMLTextAreaElement} setup.field
 * @param {HTMLElement} setup.anchor
 * @param {() => object} setup.directory
 * @param {(text: string, from: number) => void} setup.onPick what shall stand from there to the caret
 */
export function createSuggestions({ field, anchor, directory, onPick }) {
  const list = createPopupList({ field, anchor, label: "Suggestions", onChoose: pick });
  let offered = null;
  let dismissedAt = null;
  field.addEventListener("blur", close);

  function update() {
    offered =
      field.value === dismissedAt || document.activeElement !== field
        ? null
        : offerFor(field, directory());
    if (!offered) return close();
    const wasOpen = list.isOpen();
    list.open([{ label: offered.title, options: offered.options }]);
    if (!wasOpen)
      announce(`${offered.title}: ${list.count()}. Arrow keys to choose, Tab to take one.`);
    return undefined;
  }

  function close() {
    if (list.isOpen()) list.close();
  }

  function pick({ value }) {
    close();
    onPick(`${value} `, offered.from);
  }

  /** @returns {boolean} whether the key was for the list */
  function handleKey(event) {
    const option = list.isOpen() && list.activeOption();
    if (!option || event.shiftKey) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp")
      list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") dismiss();
    // A command typed in full is sent by Enter at once.
    else if (event.key === "Enter" && field.value === option.value) return false;
    else if (event.key === "Enter" || event.key === "Tab") pick(option);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  function dismiss() {
    dismissedAt = field.value;
    close();
  }

  return { update, close, handleKey };
}

/** @returns {{title: string, from: number, options: object[]}|null} `from` is where the typed word begins */
function offerFor({ value, selectionStart: caret }, directory) {
  const before = value.slice(0, caret);
  if (COMMAND.test(before)) return offer("Commands", 0, commandsFor(before, directory));
  const name = NAME.exec(before);
  return (
    name && offer("People and groups", caret - name[1].length - 1, namesFor(name[1], directory))
  );
}

function offer(title, from, options) {
  return options.length ? { title, from, options } : null;
}

function commandsFor(typed, { app }) {
  const fitting = (app?.commands ?? []).filter(({ command }) => command.startsWith(typed));
  return fitting.map(({ command, description, usage_hint: hint }) => ({
    value: command,
    label: command,
    hint,
    description,
  }));
}

function namesFor(typed, { people, groups }) {
  const wanted = typed.toLowerCase();
  const fits = (handle, name) =>
    `${handle} ${name}`
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted));
  return [
    ...people
      .filter(({ handle, real_name: name }) => fits(handle, name))
      .map((person) => ({
        value: `@${person.handle}`,
        label: person.real_name,
        hint: `@${person.handle}`,
        description: person.title,
        picture: () => personAvatar(person),
      })),
    ...groups
      .filter(({ handle, name }) => fits(handle, name))
      .map(({ handle, name }) => ({
        value: `@${handle}`,
        label: `@${handle}`,
        description: name,
        picture: () => icon("app"),
      })),
  ];
}
