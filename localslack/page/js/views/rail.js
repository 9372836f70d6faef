// Everybody one can be: a click, or Alt and a digit, and one is somebody else.

import { fill, h } from "../core/dom.js";
import { personAvatar } from "../ui/avatar.js";

const DIGITS = 9;

/**
 * @param {HTMLElement} nav
 * @param {object[]} people
 */
export function createRail(nav, people) {
  const links = new Map(people.map((person, index) => [person.id, railLink(person, index)]));
  fill(
    nav,
    h(
      "ul",
      {},
      [...links.values()].map((link) => h("li", {}, link)),
    ),
  );
  document.addEventListener("keydown", (event) => onKey(event, people));

  function update({ me }) {
    for (const [id, link] of links) {
      if (id === me?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  return { update };
}

function railLink(person, index) {
  const key = index < DIGITS ? ` (Alt+${index + 1})` : "";
  const [first] = person.real_name.split(" ");
  return h(
    "a",
    {
      class: "rail-link",
      href: `#/${person.handle}`,
      title: `${person.real_name}, ${person.title}${key}`,
      "aria-label": `Become ${person.real_name}, ${person.title}${key}`,
    },
    personAvatar(person),
    h("span", { class: "rail-name" }, first),
  );
}

/** The physical digit key: with Alt, some keyboards type other characters. */
function onKey(event, people) {
  const digit =
    event.altKey &&
    !event.ctrlKey &&
    !event.metaKey &&
    /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const person = digit && people[Number(digit[1]) - 1];
  if (!person || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  location.hash = `#/${person.handle}`;
}
