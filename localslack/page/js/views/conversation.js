// The middle: one conversation with its header, messages and composer.

import { fill, h, icon } from "../core/dom.js";
import { updateRows } from "../core/keyed.js";
import { withNotices } from "../core/notices.js";
import { renderMrkdwn } from "../text/render.js";
import { reading } from "../ui/reading.js";
import { toast } from "../ui/toast.js";
import { createComposer } from "./composer.js";
import { conversationHeader } from "./conversation-header.js";
import { renderIntro } from "./intro.js";
import { createMessageList, messageKey } from "./message-list.js";
import { stickToNewest } from "./scroller.js";

/** Whether the thread, on a screen too narrow for both, lies over the conversation. */
function isCovered() {
  const pane = document.getElementById("thread");
  return !pane.hidden && getComputedStyle(pane).position === "absolute";
}

export function createConversationView(session) {
  const header = h("div", { class: "header-slot" });
  const intro = h("div");
  const list = createMessageList({ session, label: "Messages" });
  const content = h("div", { class: "scroll-content" }, intro, list.node);
  const scroller = h(
    "div",
    { class: "scroller", tabindex: "-1", role: "region", "aria-label": "Conversation" },
    content,
  );
  const jump = h(
    "button",
    { type: "button", class: "jump", hidden: true, on: { click: () => stick.toNewest() } },
    icon("down"),
    "Newest messages",
  );
  const composer = createComposer(session, { threadTs: null });
  const node = h(
    "div",
    { class: "conversation" },
    header,
    h("div", { class: "scroll-frame" }, scroller, jump),
    composer.node,
  );
  const stick = stickToNewest(scroller, content, (away) => {
    jump.hidden = !away;
  });
  let shown = null;
  let headerOf = "";

  function update(state) {
    const { conversation, me } = state;
    const arriving = shown !== `${me.id}/${conversation.id}`;
    drawHeader(state);
    updateRows(intro, [introRow(conversation)]);
    const atNewest = stick.isPinned();
    const messages = withNotices(conversation.messages, state, null);
    const { added } = list.update(messages, {
      channel: conversation.id,
      firstUnread: state.firstUnread,
    });
    composer.update(state);
    const newest = messages.at(-1);
    const own =
      newest &&
      added.includes(messageKey(conversation.id, newest)) &&
      (newest.user === me.id || newest.ephemeral);
    if (arriving || own || atNewest) stick.toNewest();
    if (own && !arriving && newest.ephemeral && isCovered()) showOnTop(newest, state);
    if (arriving) welcomeFocus();
    shown = `${me.id}/${conversation.id}`;
  }

  /** Pressed in a thread that lies over the channel, a button is answered in the channel. */
  function showOnTop({ text }, { directory }) {
    toast(reading(renderMrkdwn(text, directory)), { announced: true });
  }

  function introRow({ messages, ...about }) {
    const conversation = { ...about, empty: messages.length === 0 };
    const render = () => renderIntro(conversation, { session, onCommand: composer.offer });
    return { key: about.id, signature: JSON.stringify(conversation), render };
  }

  /** Drawn only when it differs: an open menu under one of its buttons stays open. */
  function drawHeader({ conversation, directory, me }) {
    const { messages: _messages, ...about } = conversation;
    const signature = JSON.stringify([about, me.id, directory.dms.map(({ id }) => id)]);
    if (signature !== headerOf) fill(header, conversationHeader(session));
    headerOf = signature;
  }

  /** As in Slack, whoever comes here can write at once; a phone's keyboard stays down. */
  function welcomeFocus() {
    if (!document.querySelector("dialog[open]") && matchMedia("(hover: hover)").matches)
      composer.focus();
  }

  /** Put on the page again after another view: nobody has scrolled in it yet. */
  function arrive() {
    shown = null;
  }

  return { node, update, arrive, focusComposer: composer.focus };
}
