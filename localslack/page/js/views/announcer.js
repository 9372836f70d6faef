// Says to screen readers what others see appear.

import { announce } from "../ui/announce.js";
import { unreadIn } from "../core/places.js";

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
      if (last.conversation?.id === now.conversation?.id) {
        for (const message of newOnes(last.conversation, now.conversation, now.me))
          announce(sentence(message));
      }
      for (const { message } of now.notices.slice(last.notices.length)) announce(sentence(message));
      for (const name of newlyUnread(last.sidebar, now)) announce(`New message in ${name}`);
    },
  };
}

function newOnes(before, after, me) {
  if (!before || before === after) return [];
  const newest = before.messages.at(-1)?.ts ?? "";
  return after.messages.filter(({ ts, user }) => ts > newest && user !== me.id);
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

function sentence({ name, text, ephemeral }) {
  const words = (text ?? "").replace(/<[^>|]*\|([^>]*)>/g, "$1").replace(/[*_~`]/g, "");
  const short = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
  return `${name}${ephemeral ? ", only to you" : ""}: ${short}`;
}
