import { fill, freshId, h } from "../core/dom.js";
import { refocus } from "./refocus.js";

/**
 * Asks before something is done.
 *
 * @param {{title: string, text: Array<Node|string>, confirm: string, deny: string, style?: string}} question
 *   `style` is Slack's: "primary" or "danger"
 * @returns {Promise<boolean>} false when the person thinks better of it, by button or Escape
 */
export function askConfirm({ title, text, confirm, deny, style }) {
  const titleId = freshId("confirm");
  const textId = freshId("confirm-text");
  const dangerous = style === "danger";
  const dialog = h("dialog", {
    class: "dialog confirm",
    role: "alertdialog",
    "aria-labelledby": titleId,
    "aria-describedby": textId,
  });
  fill(
    dialog,
    h(
      "form",
      { method: "dialog" },
      h("h2", { id: titleId }, title),
      h("div", { id: textId, class: "confirm-text rich" }, text),
      h(
        "div",
        { class: "dialog-actions" },
        // Where something would be lost, a hasty Enter loses nothing.
        h("button", { class: "button", value: "deny", autofocus: dangerous }, deny),
        h(
          "button",
          {
            class: `button button-${dangerous ? "danger" : "primary"}`,
            value: "confirm",
            autofocus: !dangerous,
          },
          confirm,
        ),
      ),
    ),
  );
  const asker = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (asker?.isConnected) refocus(asker);
      resolve(dialog.returnValue === "confirm");
    });
  });
}
