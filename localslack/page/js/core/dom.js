// Builds DOM nodes. Nothing in this page writes markup from data: text is always a text node,
// so whatever an app or a person sends is shown, never run.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {object} props attributes; `class`, `on` (event listeners), `data` (data-*), `css`
 *   (custom properties) and `value`/`checked` (properties) are special; null and false are left out.
 * @param {...(Node|string|null|false|Array)} children
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  node.append(...flatten(children));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "data") {
    for (const [key, text] of Object.entries(value)) if (text != null) node.dataset[key] = text;
  } else if (name === "css") {
    for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
  } else if (name === "value" || name === "checked") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

function flatten(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
}

/** Puts `children` in place of what `parent` holds. */
export function fill(parent, ...children) {
  parent.replaceChildren(...flatten(children));
  return parent;
}

/** Draws an icon of the sprite in index.html; decoration only, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

let lastId = 0;

/** A fresh id for aria-labelledby and its kin. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
