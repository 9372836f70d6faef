import { h } from "../core/dom.js";
import { initials, inkOn, SLACKBOT } from "../core/directory.js";

const APP_COLOUR = "#3a4f58";

/** Initials on a person's own colour; decoration beside a name. */
export function personAvatar(person) {
  return tile(initials(person.real_name), person.colour);
}

/**
 * The picture beside a message.
 *
 * @param {{user: string, name: string, is_app?: boolean}} author
 */
export function avatarOf(author, directory) {
  const person = directory.person(author.user);
  if (person) return personAvatar(person);
  const letter = author.user === SLACKBOT ? "🔔" : initials(author.name ?? "?").slice(0, 1);
  return tile(letter, APP_COLOUR, "avatar-app");
}

function tile(text, colour, extra = "") {
  const ground = colour?.startsWith("#") ? colour : `#${colour ?? "5b686d"}`;
  const css = { "--face": ground, "--face-ink": inkOn(ground) };
  // Drawn by the stylesheet, so that initials are neither read out nor copied with the text.
  return h("span", {
    class: `avatar ${extra}`.trim(),
    "aria-hidden": "true",
    css,
    data: { letters: text },
  });
}
