// One maker for each interactive element of Block Kit.
// https://docs.slack.dev/reference/block-kit/block-elements

import { freshId, h } from "../core/dom.js";
import { plainString } from "../text/render.js";
import { whileBusy } from "../ui/busy.js";
import { button, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./dates.js";
import { multiSelect } from "./multi-select.js";
import { singleSelect } from "./single-select.js";
import { emailInput, numberInput, plainTextInput, urlInput } from "./text-inputs.js";

const MAKERS = {
  button,
  overflow,
  static_select: singleSelect,
  external_select: singleSelect,
  users_select: singleSelect,
  channels_select: singleSelect,
  conversations_select: singleSelect,
  multi_static_select: multiSelect,
  multi_external_select: multiSelect,
  multi_users_select: multiSelect,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: plainTextInput,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
};

/**
 * @typedef {object} Control
 * @property {HTMLElement} node what is put on the page
 * @property {HTMLElement} field what takes the focus
 * @property {HTMLElement} [describe] what carries aria-describedby and aria-invalid, if not `field`
 * @property {() => any} [read] its simple value (localslack/README.md); none for buttons
 * @property {() => any} [snapshot] what it holds, for the control that takes its place
 * @property {() => string|null} [problem] why its value can't be sent
 */

/**
 * @param {object} element of Block Kit
 * @param {object} where
 * @param {object} where.surface the message, modal or Home tab it stands on, see blocks/surface.js
 * @param {string} where.blockId
 * @param {string} [where.label] its name, when nothing else on the page names it
 * @param {string} [where.labelledBy] the id of its label
 * @param {string} [where.describedBy] ids of its hints
 * @param {boolean} where.dispatches whether the app hears of each change
 * @returns {Control|null} null for an element that the local Slack does not know
 */
export function createControl(
  element,
  { surface, blockId, label, labelledBy, describedBy, dispatches },
) {
  const make = MAKERS[element.type];
  if (!make) return null;
  const actionId = element.action_id;
  const name = label ?? (plainString(element.placeholder) || "Choose");
  const focusName = `${blockId}/${actionId}`;
  const control = make(element, {
    surface,
    blockId,
    dispatches,
    focusName,
    kept: surface.kept(blockId, actionId, element.type),
    attributes: {
      id: freshId("control"),
      "aria-label": labelledBy ? null : name,
      "aria-labelledby": labelledBy ?? null,
      "aria-describedby": describedBy ?? null,
      data: { focus: focusName, first: element.focus_on_load ? "" : null },
    },
    changed: () => surface.changed(blockId),
    commit: async (value, node) => {
      if (!dispatches) return true;
      return whileBusy(
        node,
        surface.dispatch({ blockId, actionId, value, confirm: element.confirm }),
      );
    },
  });
  surface.register(blockId, actionId, element.type, control);
  return control;
}

/** Says that something of the app's is not shown, rather than leaving a hole. */
export function unsupported(what) {
  return h("p", { class: "unsupported" }, `The local Slack does not show “${what}”.`);
}
