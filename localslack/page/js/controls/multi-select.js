import { fill, h, icon } from "../core/dom.js";
import { plainString } from "../text/render.js";
import { announce } from "../ui/announce.js";
import { initialChoices } from "./initial.js";
import { createSelectBox } from "./select-box.js";
import { sourceFor } from "./sources.js";

/** The multi_… selects: what is chosen stands as chips before the field. */
export function multiSelect(element, context) {
  const source = sourceFor(element, context);
  const most = element.max_selected_items ?? Infinity;
  const placeholder = plainString(element.placeholder) || "Choose";
  let chosen = initialChoices(element, context, source);
  let lastToggled = null;

  const { box, field } = createSelectBox({
    source,
    placeholder,
    attributes: context.attributes,
    multiple: true,
    isChosen: (option) => chosen.some(({ value }) => value === option.value),
    startAt: () => lastToggled,
    onChoose: toggle,
    onLeave: () => {
      field.value = "";
    },
  });
  const chips = h("ul", { class: "chips", "aria-label": "Chosen" });
  box.prepend(chips);
  box.classList.add("select-box-multi");
  field.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && field.value === "" && chosen.length) toggle(chosen.at(-1));
  });
  drawChips();

  function toggle(option) {
    field.value = "";
    lastToggled = option.value;
    const without = chosen.filter(({ value }) => value !== option.value);
    if (without.length === chosen.length && chosen.length >= most) {
      announce(`At most ${most} can be chosen.`);
      return;
    }
    set(without.length === chosen.length ? [...chosen, option] : without);
  }

  async function set(next) {
    const before = chosen;
    chosen = next;
    drawChips();
    context.changed();
    if (!(await context.commit(values(), box))) {
      chosen = before;
      drawChips();
    }
  }

  function drawChips() {
    fill(chips, chosen.map(chip));
    chips.hidden = chosen.length === 0;
    field.placeholder = chosen.length ? "" : placeholder;
  }

  function chip(option) {
    const remove = (event) => {
      event.stopPropagation();
      toggle(option);
      field.focus();
    };
    return h(
      "li",
      { class: "chip" },
      option.label,
      h(
        "button",
        { type: "button", "aria-label": `Remove ${option.label}`, on: { click: remove } },
        icon("close"),
      ),
    );
  }

  const values = () => chosen.map(({ value }) => value);
  return {
    node: box,
    field,
    read: () => (chosen.length ? values() : null),
    snapshot: () => chosen,
  };
}
