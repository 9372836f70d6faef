// button and overflow.

import { h, icon } from "../core/dom.js";
import { isSafeUrl } from "../text/angle.js";
import { plainString, renderPlain } from "../text/render.js";
import { isBusy } from "../ui/busy.js";
import { openMenu } from "../ui/menu.js";

const STYLES = { primary: "button-primary", danger: "button-danger" };

/** A button; with a `url` it is a link that also tells the app. */
export function button(element, context) {
  const link = isSafeUrl(element.url)
    ? { href: element.url, target: "_blank", rel: "noopener noreferrer" }
    : null;
  const {
    "aria-label": _placeholder,
    "aria-labelledby": _label,
    ...attributes
  } = context.attributes;
  const node = h(
    link ? "a" : "button",
    {
      ...attributes,
      ...(link ?? { type: "button" }),
      class: `button ${STYLES[element.style] ?? ""}`,
      "aria-label": element.accessibility_label ?? null,
      on: { click: () => isBusy(node) || context.commit(element.value ?? null, node) },
    },
    renderPlain(element.text.text),
    link && icon("out"),
  );
  return { node, field: node };
}

/** "…": a menu of further choices. */
export function overflow(element, context) {
  const node = h(
    "button",
    {
      ...context.attributes,
      type: "button",
      class: "button button-icon",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      on: { click: () => isBusy(node) || openMenu(node, items, "More actions") },
    },
    icon("more"),
  );
  const items = element.options.map((option) => ({
    label: plainString(option.text),
    about: option.description ? plainString(option.description) : null,
    choose: () => {
      if (isSafeUrl(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
      context.commit(option.value, node);
    },
  }));
  return { node, field: node };
}
