// plain_text_input, number_input, email_text_input, url_text_input.

import { freshId, h } from "../core/dom.js";
import { plainString } from "../text/render.js";
import { describeBy } from "./describe.js";

const TYPING_MS = 400;
const NEARLY = 0.8; // of the most that is allowed: from there on it is worth watching

export function plainTextInput(element, context) {
  const field = element.multiline
    ? h("textarea", { ...shared(element, context), rows: "4" })
    : h("input", { ...shared(element, context), type: "text" });
  if (element.multiline) growWith(field);
  return textControl(element, context, field);
}

/** A text field, not type="number": that one hides what was typed when it is no number. */
export function numberInput(element, context) {
  const inputmode = element.is_decimal_allowed ? "decimal" : "numeric";
  return textControl(
    element,
    context,
    h("input", { ...shared(element, context), type: "text", inputmode }),
  );
}

export function emailInput(element, context) {
  return textControl(
    element,
    context,
    h("input", { ...shared(element, context), type: "email", autocomplete: "off" }),
  );
}

export function urlInput(element, context) {
  return textControl(
    element,
    context,
    h("input", { ...shared(element, context), type: "url", autocomplete: "off" }),
  );
}

function shared(element, context) {
  const kept = context.kept === undefined ? element.initial_value : context.kept;
  return {
    ...context.attributes,
    class: "text-field",
    placeholder: element.placeholder ? plainString(element.placeholder) : null,
    value: kept ?? "",
  };
}

function textControl(element, context, field) {
  const node = h("div", { class: "text-control" }, field);
  if (element.max_length || element.min_length) node.append(counter(element, field));
  field.addEventListener("input", context.changed);
  if (context.dispatches) dispatchWhileTyping(element, context, field);
  return { node, field, read: () => field.value || null, snapshot: () => field.value };
}

/** "at least 5", and "2700 / 3000" near the limit; read out with the field's description. */
function counter({ max_length: most = Infinity, min_length: fewest = 0 }, field) {
  const node = h("span", { id: freshId("count"), class: "counter" });
  const count = () => {
    const length = [...field.value].length;
    const missing = length < fewest ? `at least ${fewest}` : "";
    node.textContent = length > most * NEARLY ? `${length} / ${most}` : missing;
    node.classList.toggle("counter-over", length > most);
  };
  field.addEventListener("input", count);
  describeBy(field, node.id);
  count();
  return node;
}

/** `dispatch_action_config`: Enter unless the app asks for every character. */
function dispatchWhileTyping(element, context, field) {
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => context.commit(field.value || null, field);
  if (moments.includes("on_enter_pressed")) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      send();
    });
  }
  if (moments.includes("on_character_entered")) {
    let typing = null;
    field.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(send, TYPING_MS);
    });
  }
}

/** Lets a text area grow with its text, up to the limit of the stylesheet. */
export function growWith(field) {
  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  field.addEventListener("input", fit);
  requestAnimationFrame(fit);
  return fit;
}
