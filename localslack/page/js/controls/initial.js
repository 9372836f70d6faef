// What a control holds when it is first drawn.

import { fromSlackOption } from "./sources.js";

const SELECT = /^(?:multi_)?(?:static|external|users|channels|conversations)_select$/;

/**
 * The choices of a select: those the person had made, or else the app's initial ones. Choices
 * that are no longer offered go, except that an external select's can't be looked up.
 *
 * @returns {import("./popup-list.js").Option[]}
 */
export function initialChoices(element, context, source) {
  const wanted = context.kept ?? appChoices(element);
  const external = element.type.endsWith("external_select");
  return wanted
    .map((option) => source.find(option.value) ?? (external ? option : null))
    .filter(Boolean);
}

function appChoices(element) {
  const options =
    element.initial_options ?? (element.initial_option ? [element.initial_option] : null);
  if (options) return options.map(fromSlackOption);
  const one = element.initial_user ?? element.initial_channel ?? element.initial_conversation;
  const many = element.initial_users ?? element.initial_channels ?? element.initial_conversations;
  return (many ?? (one ? [one] : [])).map((value) => ({ value }));
}

/**
 * What a control holds, out of Slack's `state.values`, in the form of its `snapshot()`.
 *
 * @param {object|undefined} entry such as `{type: "datepicker", selected_date: "2026-11-22"}`
 */
export function fromState(entry) {
  if (!entry) return undefined;
  const { type, ...shape } = entry;
  const [held] = Object.values(shape);
  if (SELECT.test(type)) return [held ?? []].flat().map(asChoice);
  if (type === "checkboxes") return (held ?? []).map(({ value }) => value);
  if (type === "radio_buttons") return held?.value ?? null;
  return held ?? null;
}

function asChoice(held) {
  return typeof held === "string" ? { value: held } : fromSlackOption(held);
}
