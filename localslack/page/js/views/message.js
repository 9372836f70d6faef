// One message as people see it.

import { renderBlock } from "../blocks/index.js";
import { createSurface } from "../blocks/surface.js";
import { h, icon } from "../core/dom.js";
import { emojiCharacter } from "../text/emoji.js";
import { emojiNode, renderMrkdwn } from "../text/render.js";
import { stamp } from "../time/stamp.js";
import { avatarOf } from "../ui/avatar.js";
import { renderFile } from "./file.js";
import { threadLink } from "./thread-link.js";

/**
 * @param {object} message the M of localslack/README.md
 * @param {object} how
 * @param {object} how.session
 * @param {string} how.channel id of the conversation
 * @param {boolean} how.compact it follows another of the same author closely
 * @param {string|null} how.inThread the thread in whose pane it is shown
 */
export function renderMessage(message, { session, channel, compact, inThread }) {
  const { directory } = session.store.get();
  const classes = ["message", compact && "compact", message.ephemeral && "ephemeral"].filter(
    Boolean,
  );
  const time = stamp(Number(message.ts), inThread ? "{date_short_pretty} at {time}" : "{time}", {
    class: "message-time",
  });
  return h(
    "li",
    { class: classes.join(" "), tabindex: "-1", data: { ts: message.ts } },
    h("div", { class: "gutter" }, compact ? null : avatarOf(message, directory)),
    h(
      "div",
      { class: "message-body" },
      message.ephemeral && privacyNote(message, session),
      h(
        "div",
        { class: compact ? "message-head visually-hidden" : "message-head" },
        author(message),
        time,
      ),
      message.deleted
        ? h("p", { class: "deleted" }, "This message was deleted.")
        : content(message, session, channel, inThread),
      message.files?.length > 0 && h("ul", { class: "files" }, message.files.map(renderFile)),
      message.reactions?.length > 0 && reactionList(message.reactions),
      !inThread && message.reply_count > 0 && threadLink(message, session),
    ),
    !inThread && !message.ephemeral && toolbar(message, session),
  );
}

function author({ name, is_app: isApp }) {
  return [
    h("strong", { class: "author" }, name),
    isApp && h("span", { class: "app-badge" }, "APP"),
  ];
}

function privacyNote(message, session) {
  const dismiss =
    message.notice &&
    h(
      "button",
      {
        type: "button",
        class: "link-button",
        on: { click: () => session.dismissNotice(message.ts) },
      },
      "Dismiss",
    );
  return h("p", { class: "privacy-note" }, icon("eye"), "Only visible to you", dismiss);
}

function content(message, session, channel, inThread) {
  const { directory } = session.store.get();
  if (!message.blocks?.length) {
    const text = h("div", { class: "rich" }, renderMrkdwn(message.text, directory));
    if (message.edited) lastLine(text).append(" ", editedMark());
    return text;
  }
  const surface = createSurface({
    directory,
    api: session.api(),
    target: { message: { channel, ts: message.ts } },
    onNotice: (text) => session.addNotice(text, inThread),
  });
  return h(
    "div",
    { class: "blocks" },
    message.blocks.map((block) => renderBlock(block, surface)),
    message.edited && editedMark(),
  );
}

function editedMark() {
  return h("span", { class: "edited" }, "(edited)");
}

/** Where the mark stands beside the words: the last line, unless a list or a quote comes last. */
function lastLine(text) {
  const last = text.lastElementChild;
  return last?.matches(".lines") ? last.lastElementChild : text;
}

function reactionList(reactions) {
  const chips = reactions.map(({ name, count, users }) =>
    h(
      "li",
      { class: "reaction" },
      emojiNode(name, emojiCharacter(name)),
      h("span", {}, String(count ?? users.length)),
    ),
  );
  return h("ul", { class: "reactions", "aria-label": "Reactions" }, chips);
}

function toolbar(message, session) {
  const open = () => session.openThread(message.thread_ts ?? message.ts);
  return h(
    "div",
    { class: "toolbar" },
    h(
      "button",
      {
        type: "button",
        class: "icon-button",
        tabindex: "-1",
        "aria-label": "Reply in thread",
        title: "Reply in thread (T)",
        data: { reply: "" },
        on: { click: open },
      },
      icon("thread"),
    ),
  );
}
