import { plainString } from "../text/render.js";
import { initialChoices } from "./initial.js";
import { createSelectBox } from "./select-box.js";
import { sourceFor } from "./sources.js";

/** static_select, external_select, users_select, channels_select, conversations_select. */
export function singleSelect(element, context) {
  const source = sourceFor(element, context);
  let chosen = initialChoices(element, context, source)[0] ?? null;

  const { box, field } = createSelectBox({
    source,
    placeholder: plainString(element.placeholder) || "Choose one",
    attributes: context.attributes,
    multiple: false,
    isChosen: (option) => option.value === chosen?.value,
    startAt: () => chosen?.value ?? null,
    onChoose: choose,
    onLeave: leave,
  });
  field.addEventListener("focus", () => field.select());
  showChosen();

  async function choose(option) {
    const before = chosen;
    chosen = option;
    showChosen();
    context.changed();
    if (!(await context.commit(option?.value ?? null, box))) {
      chosen = before;
      showChosen();
    }
  }

  /** An emptied field means nothing is chosen; half-typed words mean nothing. */
  function leave() {
    if (field.value.trim() === "" && chosen && !context.dispatches) choose(null);
    else showChosen();
  }

  function showChosen() {
    field.value = chosen?.label ?? "";
  }

  return {
    node: box,
    field,
    read: () => chosen?.value ?? null,
    snapshot: () => (chosen ? [chosen] : []),
  };
}
