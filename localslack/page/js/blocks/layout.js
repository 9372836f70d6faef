// Blocks that lay out text and pictures: section, header, context, divider, image.

import { createControl, unsupported } from "../controls/index.js";
import { freshId, h } from "../core/dom.js";
import { linkNode, plainString, renderText } from "../text/render.js";

export function section(block, surface) {
  const textId = freshId("section");
  const text =
    block.text &&
    h("div", { id: textId, class: "rich" }, renderText(block.text, surface.directory));
  const fields =
    block.fields &&
    h(
      "div",
      { class: "fields" },
      block.fields.map((field) =>
        h("div", { class: "rich" }, renderText(field, surface.directory)),
      ),
    );
  return h(
    "div",
    { class: "block block-section" },
    h("div", { class: "section-text" }, text, fields),
    block.accessory &&
      h("div", { class: "accessory" }, accessory(block, surface, text ? textId : null)),
  );
}

function accessory({ block_id: blockId, accessory: element }, surface, describedBy) {
  if (element.type === "image") return picture(element, "accessory-image");
  const control = createControl(element, { surface, blockId, describedBy, dispatches: true });
  return control?.node ?? unsupported(element.type);
}

export function header(block, { headings }) {
  return h(headings, { class: "block block-header" }, plainString(block.text));
}

export function divider() {
  return h("hr", { class: "block block-divider" });
}

export function context(block, { directory }) {
  const parts = block.elements.map((element) =>
    element.type === "image"
      ? picture(element, "context-image")
      : h("div", { class: "rich" }, renderText(element, directory)),
  );
  return h("div", { class: "block block-context" }, parts);
}

export function image(block) {
  const title = block.title && h("figcaption", {}, plainString(block.title));
  return h("figure", { class: "block block-image" }, title, picture(block, "large-image"));
}

/** A picture of this machine is shown; one from outside is only named: nothing is fetched there. */
function picture({ image_url: address, slack_file: file, alt_text: alt }, className) {
  const url = file ? addressOf(file) : address;
  if (isLocal(url)) return h("img", { class: className, src: url, alt });
  return h("span", { class: "outside-image" }, linkNode(url, alt || url));
}

/** The path only: the page may have been opened as localhost, and the link says 127.0.0.1. */
function addressOf({ id, url }) {
  return id ? `/files/${id}/picture` : new URL(url, location.href).pathname;
}

function isLocal(url) {
  if (!url) return false;
  if (url.startsWith("data:image/")) return true;
  return URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin;
}
