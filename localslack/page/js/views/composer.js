// Where people write: Enter sends, Shift+Enter begins a new line, "/" offers commands, "@" names.

import { growWith } from "../controls/text-inputs.js";
import { fill, freshId, h, icon } from "../core/dom.js";
import { toast } from "../ui/toast.js";
import { createSuggestions } from "./suggestions.js";

/**
 * @param {object} session
 * @param {{threadTs: string|null}} where
 */
export function createComposer(session, { threadTs }) {
  const hintId = freshId("composer-hint");
  const field = h("textarea", {
    rows: "1",
    "aria-describedby": hintId,
    data: { focus: `composer/${threadTs ?? ""}` },
  });
  const send = h(
    "button",
    { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" },
    icon("send"),
  );
  const hint = h("p", { id: hintId, class: "composer-hint" });
  const box = h("div", { class: "composer-box" }, field, send);
  const node = h("form", { class: "composer", on: { submit: onSubmit } }, box, hint);
  const fit = growWith(field);
  const directory = () => session.store.get().directory;
  const suggestions = createSuggestions({ field, anchor: box, directory, onPick: insert });
  let draftOf = null;

  field.addEventListener("input", onInput);
  field.addEventListener("keydown", onKey);

  function update({ me, conversation }) {
    const where = `${me.handle}/${conversation.id}`;
    const name = placeName(conversation, directory());
    const label = threadTs ? `Reply in the thread in ${name}` : `Message ${name}`;
    field.placeholder = threadTs ? "Reply…" : label;
    field.setAttribute("aria-label", `${label} as ${me.real_name}`);
    if (where === draftOf) return;
    draftOf = where;
    setText(session.memory.draft(...draftPlace()));
  }

  function draftPlace() {
    return [draftOf, threadTs].filter(Boolean);
  }

  function setText(text) {
    field.value = text;
    fit();
    onInput();
  }

  /** Puts a command into the field, ready to be sent or added to. */
  function offer(command) {
    setText(`${command} `);
    field.focus();
  }

  /** Puts `text` in place of what stands from `from` to the caret. */
  function insert(text, from) {
    field.setRangeText(text, from, field.selectionStart, "end");
    fit();
    onInput();
    field.focus();
  }

  function onInput() {
    const text = field.value;
    node.classList.toggle("has-text", text.trim() !== "");
    if (draftOf) session.memory.keepDraft(text, ...draftPlace());
    fill(hint, hintFor(text, directory().app?.commands ?? []));
    suggestions.update();
  }

  function onKey(event) {
    if (suggestions.handleKey(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    node.requestSubmit();
  }

  async function onSubmit(event) {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    suggestions.close();
    setText("");
    try {
      await session.post(text, threadTs);
    } catch (error) {
      // Nothing was sent: the words come back, unless new ones were begun meanwhile.
      if (!field.value) setText(text);
      toast(error.message);
    }
  }

  return { node, update, offer, focus: () => field.focus() };
}

function placeName(conversation, directory) {
  const dm = directory.dms.find(({ id }) => id === conversation.id);
  return dm ? dm.with.real_name : `#${conversation.name}`;
}

function hintFor(text, commands) {
  const [first] = text.split(/\s/, 1);
  const command = commands.find((candidate) => candidate.command === first);
  if (command)
    return [
      h("strong", {}, command.command),
      ` ${command.usage_hint ?? ""} `,
      h("span", {}, command.description ?? ""),
    ];
  return [
    h("kbd", {}, "Enter"),
    " to send, ",
    h("kbd", {}, "Shift + Enter"),
    " for a new line, ",
    h("kbd", {}, "/"),
    " for commands",
  ];
}
