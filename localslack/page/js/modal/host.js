// The dialog in which the top view of the modal stack is shown.

import { fill, h } from "../core/dom.js";
import { markFocus } from "../core/keyed.js";
import { liveRegion } from "../ui/announce.js";
import { askConfirm } from "../ui/confirm.js";
import { refocus } from "../ui/refocus.js";
import { createForm } from "./form.js";

/**
 * @param {object} setup
 * @param {() => object} setup.directory
 * @param {() => object} setup.api
 * @param {() => Promise<void>} setup.refresh asks for the stack again
 * @param {(text: string) => void} setup.onNotice
 */
export function createModalHost({ directory, api, refresh, onNotice }) {
  const holder = h("div", { class: "modal-holder" });
  const dialog = h("dialog", { class: "dialog modal" }, holder);
  document.body.append(dialog);
  liveRegion(dialog);
  const focusMarks = new Map();
  let forms = [];
  let shown = null;
  let opener = null;

  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    shown?.leave();
  });
  // The back gesture of a phone closes a dialog without a key.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    shown?.leave();
  });

  /** @param {object[]} stack Slack's view objects, the top one last */
  function update(stack) {
    forms = stack.map(keptOrNew);
    const top = forms.at(-1) ?? null;
    if (!top) close();
    else if (top !== shown) show(top, stack.at(-1));
  }

  function keptOrNew(view) {
    const form = forms.find(({ id }) => id === view.id);
    form?.update(view);
    return (
      form ??
      createForm(view, {
        directory: directory(),
        api: api(),
        onClose: requestClose,
        onSubmitted: refresh,
      })
    );
  }

  function show(form, view) {
    if (shown) focusMarks.set(shown.id, markFocus(shown.node));
    else opener = rememberFocus();
    shown = form;
    fill(holder, form.node);
    dialog.setAttribute("aria-labelledby", form.titleId);
    if (!dialog.open) dialog.showModal();
    const restoreFocus = focusMarks.get(form.id) ?? form.begin;
    restoreFocus(form.node);
    if (view.errors && Object.keys(view.errors).length) form.showErrors(view.errors);
  }

  function close() {
    shown = null;
    focusMarks.clear();
    if (!dialog.open) return;
    dialog.close();
    holder.replaceChildren();
    opener();
  }

  async function requestClose() {
    const form = shown;
    if (!form || (form.isTouched() && !(await askDiscard()))) return;
    try {
      await api().close(form.id);
    } catch (error) {
      onNotice(error.message);
    }
    await refresh();
  }

  return { update };
}

function askDiscard() {
  return askConfirm({
    title: "Leave this form?",
    text: ["What you have typed will be lost."],
    confirm: "Leave",
    deny: "Keep editing",
    style: "danger",
  });
}

/**
 * Remembers what has the focus. A message that changed meanwhile has new nodes; the control of the
 * same name takes the focus then, or else the composer.
 *
 * @returns {() => void} gives the focus back
 */
function rememberFocus() {
  const active = document.activeElement;
  const name = active?.dataset?.focus;
  return () => {
    const sameName = name && document.querySelector(`[data-focus="${CSS.escape(name)}"]`);
    const target = active?.isConnected && active !== document.body ? active : sameName;
    const field = target ?? document.querySelector(".composer textarea");
    if (field) refocus(field);
  };
}
