// A list of messages: days, "New" line, who follows whom closely, and walking it with arrow keys.

import { h } from "../core/dom.js";
import { updateRows } from "../core/keyed.js";
import { londonDay } from "../time/london.js";
import { stamp } from "../time/stamp.js";
import { renderMessage } from "./message.js";

const CLOSE_SECONDS = 300;

/**
 * @param {{session: object, label: string}} setup
 * @returns {{node: HTMLOListElement, update: Function}}
 */
export function createMessageList({ session, label }) {
  const node = h("ol", { class: "messages", "aria-label": label });
  node.addEventListener("keydown", (event) => onKey(event, node));
  node.addEventListener("focusin", (event) => makeCurrent(node, event.target.closest(".message")));

  /**
   * @param {object[]} messages oldest first
   * @param {object} how
   * @param {string} how.channel id of the conversation
   * @param {string|null} [how.inThread] the thread's parent, when the list is a thread
   * @param {string|null} [how.firstUnread] the message above which the "New" line stands
   * @returns {{added: string[]}} keys of rows that were not there before
   */
  function update(messages, how) {
    const changes = updateRows(node, rowsFor(messages, { ...how, session }));
    if (!node.querySelector('.message[tabindex="0"]')) {
      makeCurrent(node, [...node.querySelectorAll(".message")].at(-1));
    }
    return changes;
  }

  return { node, update };
}

function rowsFor(messages, { session, channel, inThread = null, firstUnread = null }) {
  const { me } = session.store.get();
  const rows = [];
  let previous = null;
  for (const message of messages) {
    const newDay = !inThread && (!previous || dayOf(previous) !== dayOf(message));
    const isFirstUnread = message.ts === firstUnread;
    const compact = !newDay && !isFirstUnread && follows(message, previous);
    if (newDay) rows.push(dayRow(message));
    if (isFirstUnread) rows.push(newRow(message));
    rows.push({
      key: messageKey(channel, message),
      signature: JSON.stringify([message, compact, me.id]),
      render: () => renderMessage(message, { session, channel, compact, inThread }),
    });
    if (message.ts === inThread) rows.push(repliesRow(messages));
    previous = message;
  }
  return rows;
}

/** The key of a message's row, as `update` gives back those that were added. */
export function messageKey(channel, { ts }) {
  return `${channel}/${ts}`;
}

function dayOf(message) {
  return londonDay(Number(message.ts));
}

function follows(message, previous) {
  if (!previous || previous.user !== message.user || previous.name !== message.name) return false;
  if (message.blocks?.length || message.ephemeral || previous.ephemeral || previous.deleted)
    return false;
  return !previous.reply_count && message.ts - previous.ts < CLOSE_SECONDS;
}

function dayRow(message) {
  const text = stamp(Number(message.ts), "{day_divider_pretty}", { title: null });
  return {
    key: `day/${dayOf(message)}`,
    signature: "",
    render: () => h("li", { class: "day" }, h("h2", {}, text)),
  };
}

function newRow(message) {
  return {
    key: `new/${message.ts}`,
    signature: "",
    render: () => h("li", { class: "new-line" }, h("span", {}, "New")),
  };
}

function repliesRow(messages) {
  const count = messages.filter(({ ephemeral }) => !ephemeral).length - 1;
  const text = count < 1 ? "No replies yet" : `${count} ${count === 1 ? "reply" : "replies"}`;
  const render = () => h("li", { class: "replies-line" }, h("span", {}, text));
  return { key: "replies", signature: text, render };
}

/** One message at a time is in the tab order; arrows walk to the others. */
function makeCurrent(list, message) {
  if (!message) return;
  for (const other of list.querySelectorAll('.message[tabindex="0"]')) other.tabIndex = -1;
  message.tabIndex = 0;
}

function onKey(event, list) {
  const messages = [...list.querySelectorAll(".message")];
  const at = messages.indexOf(event.target);
  if (at === -1 || event.altKey || event.ctrlKey || event.metaKey) return;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    messages[Math.max(0, Math.min(to, messages.length - 1))].focus();
  } else if (event.key.toLowerCase() === "t") {
    messages[at].querySelector("[data-reply]")?.click();
  }
}
