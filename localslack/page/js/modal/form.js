// One view of the modal stack as a form. It lives as long as its view is on the stack, so that
// what was typed is still there when a view pushed on top of it goes.

import { blockRows } from "../blocks/index.js";
import { showFieldError } from "../blocks/interactive.js";
import { createSurface } from "../blocks/surface.js";
import { fill, freshId, h, icon } from "../core/dom.js";
import { updateRows } from "../core/keyed.js";
import { plainString } from "../text/render.js";
import { announce } from "../ui/announce.js";
import { isBusy, whileBusy } from "../ui/busy.js";
import { reading } from "../ui/reading.js";

const SPACE_ABOVE = 16;

/**
 * @param {object} view Slack's view object
 * @param {object} setup
 * @param {object} setup.directory
 * @param {object} setup.api
 * @param {() => void} setup.onClose the person wants it closed
 * @param {() => Promise<void>} setup.onSubmitted the server took it: the stack has changed
 */
export function createForm(view, { directory, api, onClose, onSubmitted }) {
  let touched = false;
  let news = []; // blocks that say something new since the form was sent last
  const titleId = freshId("modal-title");
  const title = h("h2", { id: titleId, tabindex: "-1" });
  const body = h("div", { class: "modal-body" });
  const notice = h("p", { class: "modal-notice", role: "alert", hidden: true });
  const submit = h("button", {
    type: "submit",
    class: "button button-primary",
    data: { focus: "submit" },
  });
  const leave = () => isBusy(submit) || onClose();
  const close = h("button", { type: "button", class: "button", on: { click: leave } });
  const cross = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": "Close", on: { click: leave } },
    icon("close"),
  );
  const footer = h("footer", { class: "dialog-actions" }, close, submit);
  const node = h(
    "form",
    { class: "modal-form", novalidate: true, on: { submit: send } },
    h("header", { class: "modal-header" }, title, cross),
    body,
    notice,
    footer,
  );
  const surface = createSurface({
    directory,
    api,
    target: { view_id: view.id },
    onNotice: showNotice,
    onChange,
  });
  update(view);

  function update(next) {
    title.textContent = plainString(next.title);
    fill(submit, h("span", {}, plainString(next.submit) || "Submit"));
    close.textContent = plainString(next.close) || (next.submit ? "Cancel" : "Close");
    // Slack asks for a submit button only where there is an input; a view without one only closes.
    submit.hidden = !next.submit && !next.blocks.some((block) => block.type === "input");
    surface.prepare(next.blocks, next.state);
    news.push(...updateRows(body, blockRows(next.blocks, surface)).news);
    news = news.filter((block) => body.contains(block));
  }

  function onChange(blockId) {
    touched = true;
    showFieldError(body, blockId, surface.controlOf(blockId), null);
  }

  function showNotice(text) {
    notice.textContent = text ?? "";
    notice.hidden = !text;
  }

  async function send(event) {
    event.preventDefault();
    if (isBusy(submit)) return;
    showNotice(null);
    const problems = surface.problems();
    if (Object.keys(problems).length) showErrors(problems);
    else await whileBusy(submit, deliver());
  }

  async function deliver() {
    announce("Sending…");
    news = [];
    try {
      const answer = await api.submit(view.id, surface.values());
      if (answer.ok) {
        showErrors({});
        await onSubmitted();
        if (answer.result === "updated") showAnswer();
      } else if (answer.errors) {
        showErrors(answer.errors);
      } else {
        showNotice(answer.notice);
      }
    } catch (error) {
      showNotice(error.message);
    }
  }

  /**
   * The app answered with another content of the same modal. Whoever sent it from elsewhere in the
   * form, or does not see it, is taken to what is new, and hears it.
   */
  function showAnswer() {
    const words = news.filter((block) => !block.matches("[data-input]"));
    const [first = body.firstElementChild] = news;
    if (first === body.firstElementChild) {
      readFromTop([title, ...words]);
    } else {
      fieldFrom(first).focus({ preventScroll: true });
      body.scrollTop = first.offsetTop - body.offsetTop - SPACE_ABOVE;
      announce(reading(words));
    }
  }

  /** What can be filled in at a new block or after it: there one goes on. */
  function fieldFrom(block) {
    const input = news.find((each) => each.matches("[data-input]"));
    if (input) return surface.controlOf(input.dataset.input).field;
    block.tabIndex = -1;
    return block;
  }

  function readFromTop(nodes) {
    body.scrollTop = 0;
    title.focus();
    announce(reading(nodes));
  }

  /** A form is begun at its first field; what only tells something is read out. */
  function begin() {
    const field = body.querySelector("[data-first]") ?? body.querySelector("input, textarea");
    if (field) field.focus();
    else readFromTop([...body.children]);
  }

  /** Shows what is wrong at each field, takes the rest away, and moves the focus to the first. */
  function showErrors(errors) {
    const homeless = Object.entries(errors).filter(
      ([blockId]) => !body.querySelector(`[data-input="${CSS.escape(blockId)}"]`),
    );
    for (const block of body.querySelectorAll("[data-input]")) {
      const blockId = block.dataset.input;
      showFieldError(body, blockId, surface.controlOf(blockId), errors[blockId] ?? null);
    }
    showNotice(homeless.map(([, text]) => text).join(" ") || null);
    const first = body.querySelector(".has-error");
    if (!first) return;
    surface.controlOf(first.dataset.input).field.focus();
    first.scrollIntoView({ block: "nearest" });
    const count = Object.keys(errors).length;
    announce(count === 1 ? "One field needs attention." : `${count} fields need attention.`);
  }

  return {
    id: view.id,
    node,
    titleId,
    update,
    showErrors,
    leave,
    isTouched: () => touched && body.querySelector("[data-input]") !== null,
    begin,
  };
}
