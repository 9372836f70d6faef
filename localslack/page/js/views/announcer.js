// Says to screen readers what others see appear.

import { unreadIn } from "../core/places.js";
import { renderMrkdwn } from "../text/render.js";
import { announce } from "../ui/announce.js";
import { reading } from "../ui/reading.js";

const LONGEST = 200;

/** Compares one state with the next. */
export function createAnnouncer() {
  let before = null;
  return {
    update(now) {
      const last = before;
      before = now;
      if (last?.me && last.me !== now.me)
        announce(`You are now ${now.me.real_name}, ${now.me.title}`);
      if (!last || last.me !== now.me) return;
      const told = [
        ...newMessages(last, now),
        ...newReplies(last, now),
        ...now.notices.slice(last.notices.length).map(({ message }) => message),
      ];
      for (const message of told) announce(sentence(message, now.directory));
      for (const name of newlyUnread(last.sidebar, now)) announce(`New message in ${name}`);
    },
  };
}

function newMessages(last, now) {
  if (last.conversation?.id !== now.conversation?.id) return [];
  return newOnes(last.conversation?.messages, now.conversation?.messages, now.me);
}

function newReplies(last, now) {
  return last.threadTs === now.threadTs ? newOnes(last.thread, now.thread, now.me) : [];
}

function newOnes(before, after, me) {
  if (!before || !after || before === after) return [];
  const newest = before.at(-1)?.ts ?? "";
  return after.filter(({ ts, user }) => ts > newest && user !== me.id);
}

function newlyUnread(before, { sidebar, place }) {
  if (!before || before === sidebar) return [];
  const named = [
    ...sidebar.channels.map(({ id, name }) => ({ id, name: `#${name}` })),
    ...sidebar.dms.map((dm) => ({ id: dm.id, name: `the conversation with ${dm.with.real_name}` })),
  ];
  return named
    .filter(({ id }) => id !== place?.id && unreadIn(id, sidebar) > unreadIn(id, before))
    .map(({ name }) => name);
}

function sentence({ name, text, ephemeral }, directory) {
  const words = reading(renderMrkdwn(text ?? "", directory), LONGEST);
  return `${name}${ephemeral ? ", only to you" : ""}: ${words}`;
}
