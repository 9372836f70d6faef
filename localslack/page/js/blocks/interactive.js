// Blocks that people act on: actions and input.

import { createControl, unsupported } from "../controls/index.js";
import { freshId, h } from "../core/dom.js";
import { plainString, renderPlain } from "../text/render.js";

export function actions(block, surface) {
  const controls = block.elements.map((element) => {
    const control = createControl(element, { surface, blockId: block.block_id, dispatches: true });
    return control?.node ?? unsupported(element.type);
  });
  return h("div", { class: "block block-actions" }, controls);
}

/** A labelled field, its hint, and room for what is wrong with it. */
export function input(block, surface) {
  const ids = { label: freshId("label"), hint: freshId("hint"), error: freshId("error") };
  const name = plainString(block.label);
  const control = createControl(block.element, {
    surface,
    blockId: block.block_id,
    label: name,
    labelledBy: ids.label,
    describedBy: block.hint ? `${ids.error} ${ids.hint}` : ids.error,
    dispatches: block.dispatch_action === true,
  });
  if (!control) return unsupported(block.element.type);
  const marked = control.describe ?? control.field;
  if (!block.optional && marked.matches('input, textarea, [role="radiogroup"]'))
    marked.setAttribute("aria-required", "true");
  return h(
    "div",
    { class: "block block-input", data: { input: block.block_id } },
    labelNode(block, ids.label, control),
    control.node,
    h("p", { id: ids.error, class: "field-error", hidden: true }),
    block.hint && h("p", { id: ids.hint, class: "hint" }, renderPlain(block.hint.text)),
  );
}

/** A group of radio buttons or checkboxes is named by it, a single field belongs to it. */
function labelNode(block, id, control) {
  const optional = block.optional && h("span", { class: "optional" }, " (optional)");
  const tag = control.describe ? "div" : "label";
  return h(
    tag,
    { id, class: "label", for: control.describe ? null : control.field.id },
    renderPlain(block.label.text),
    optional,
  );
}

/**
 * Shows or takes away what is wrong with an input.
 *
 * @param {Element} root where the input block is
 * @param {string} blockId
 * @param {object|null} control of that block
 * @param {string|null} text
 * @returns {boolean} whether there is such an input here
 */
export function showFieldError(root, blockId, control, text) {
  const block = root.querySelector(`[data-input="${CSS.escape(blockId)}"]`);
  if (!block) return false;
  const line = block.querySelector(".field-error");
  line.textContent = text ?? "";
  line.hidden = !text;
  block.classList.toggle("has-error", Boolean(text));
  const marked = control?.describe ?? control?.field;
  if (text) marked?.setAttribute("aria-invalid", "true");
  else marked?.removeAttribute("aria-invalid");
  return true;
}
