import { fill, h } from "../core/dom.js";
import { drawerButton } from "./drawer.js";

/** What one sees of a conversation one is not in. */
export function createMissingView() {
  const node = h("div", { class: "home" });
  function update({ place, me }) {
    fill(
      node,
      h(
        "header",
        { class: "view-header" },
        drawerButton(),
        h("div", { class: "view-title" }, h("h1", { tabindex: "-1" }, "Not available")),
      ),
      h(
        "div",
        { class: "empty-state" },
        h("h2", {}, `${me.real_name} is not in “${place.name}”`),
        h("p", {}, "Choose another conversation at the left, or become somebody who is in it."),
      ),
    );
  }
  return { node, update };
}
