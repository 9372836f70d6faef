// The pane at the right: one thread.

import { h, icon } from "../core/dom.js";
import { withNotices } from "../core/notices.js";
import { createComposer } from "./composer.js";
import { createMessageList } from "./message-list.js";
import { stickToNewest } from "./scroller.js";

/**
 * @param {object} session
 * @param {HTMLElement} pane
 * @param {() => void} onClosed where the focus goes then
 */
export function createThreadView(session, pane, onClosed) {
  const place = h("p", { class: "topic" });
  const close = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close thread",
      on: { click: () => session.closeThread() },
    },
    icon("close"),
  );
  const list = createMessageList({ session, label: "Thread" });
  const content = h("div", { class: "scroll-content" }, list.node);
  const scroller = h(
    "div",
    { class: "scroller", tabindex: "-1", role: "region", "aria-label": "Replies" },
    content,
  );
  let composer = null;
  let shown = null;
  const stick = stickToNewest(scroller, content);
  pane.append(
    h(
      "header",
      { class: "view-header" },
      h("div", { class: "view-title" }, h("h2", { class: "pane-title" }, "Thread"), place),
      close,
    ),
    h("div", { class: "scroll-frame" }, scroller),
  );
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) session.closeThread();
  });

  function update(state) {
    const { conversation, thread, threadTs, me } = state;
    const key = thread ? `${me.id}/${conversation.id}/${threadTs}` : null;
    const arriving = key !== shown;
    const hadFocus = pane.contains(document.activeElement);
    pane.hidden = !key;
    shown = key;
    if (!key) {
      if (arriving && hadFocus) onClosed();
      return;
    }
    place.textContent = conversation.kind === "dm" ? "Direct message" : `#${conversation.name}`;
    if (arriving) replaceComposer(threadTs);
    const atNewest = stick.isPinned();
    list.update(withNotices(thread, state, threadTs), {
      channel: conversation.id,
      inThread: threadTs,
    });
    composer.update(state);
    if (arriving || atNewest) stick.toNewest();
    if (arriving) composer.focus();
  }

  function replaceComposer(threadTs) {
    composer?.node.remove();
    composer = createComposer(session, { threadTs });
    pane.append(composer.node);
  }

  return { update };
}
