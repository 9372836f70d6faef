// radio_buttons and checkboxes: the browser's own, so that arrow keys and Space work as anywhere.

import { freshId, h } from "../core/dom.js";
import { renderText } from "../text/render.js";

export function radioButtons(element, context) {
  const first = context.kept === undefined ? element.initial_option?.value : context.kept;
  return choiceGroup(element, context, {
    type: "radio",
    role: "radiogroup",
    chosen: first ? [first] : [],
    value: (values) => values[0] ?? null,
  });
}

export function checkboxes(element, context) {
  const first = context.kept ?? (element.initial_options ?? []).map(({ value }) => value);
  return choiceGroup(element, context, {
    type: "checkbox",
    role: "group",
    chosen: first,
    value: (values) => (values.length ? values : null),
  });
}

function choiceGroup(element, context, { type, role, chosen, value }) {
  const name = freshId("choice");
  let before = chosen;
  const inputs = element.options.map((option, index) =>
    h("input", {
      type,
      name,
      id: `${name}-${index}`,
      value: option.value,
      checked: chosen.includes(option.value),
      "aria-describedby": option.description ? `${name}-${index}-about` : null,
      data: { focus: `${context.focusName}/${index}` },
      on: { change: changed },
    }),
  );
  const rows = element.options.map((option, index) =>
    choiceRow(option, inputs[index], context.surface.directory),
  );
  const { id, ...labels } = context.attributes;
  const node = h("div", { ...labels, id, role, class: "choices" }, rows);

  const values = () => inputs.filter((input) => input.checked).map((input) => input.value);

  async function changed() {
    context.changed();
    if (await context.commit(value(values()), node)) before = values();
    else for (const input of inputs) input.checked = before.includes(input.value);
  }

  return {
    node,
    // A radio group is entered at the chosen button, or else at the first.
    get field() {
      return inputs.find((input) => input.checked) ?? inputs[0];
    },
    describe: node,
    read: () => value(values()),
    snapshot: () => (type === "radio" ? (values()[0] ?? null) : values()),
  };
}

function choiceRow(option, input, directory) {
  const text = h("span", { class: "choice-text rich" }, renderText(option.text, directory));
  const about =
    option.description &&
    h(
      "span",
      { id: `${input.id}-about`, class: "choice-about rich" },
      renderText(option.description, directory),
    );
  return h("div", { class: "choice" }, input, h("label", { for: input.id }, text), about);
}
