import { h, icon } from "../core/dom.js";

const PICTURE = /\.(?:png|jpe?g|gif|webp|svg)$/i;
const UNITS = ["bytes", "kB", "MB"];

/** A file in a message: a picture shows, anything else is a link to it. */
export function renderFile(file) {
  const name = file.title || file.name;
  // The path only: the page may have been opened as localhost, and the link says 127.0.0.1.
  const href = new URL(file.url_private, location.href).pathname;
  const picture =
    PICTURE.test(file.name) &&
    h("img", { class: "file-picture", src: href, alt: file.alt_txt ?? "" });
  const about = h("span", { class: "file-size" }, sizeOf(file.size));
  const link = { class: "file", href, target: "_blank", rel: "noopener" };
  return h("li", {}, h("a", link, picture || icon("file"), h("span", {}, name, " ", about)));
}

function sizeOf(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Math.round(bytes / 1000 ** power)} ${UNITS[power]}`;
}
