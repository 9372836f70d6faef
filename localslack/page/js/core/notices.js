// What only one person is told: "/breach failed because the app did not respond". Slack shows such
// lines as Slackbot's, in the conversation they are about.

import { SLACKBOT } from "./directory.js";

/** A notice for the person and the place of `state`. */
export function makeNotice({ me, place }, text, threadTs) {
  return {
    me: me.id,
    place: place?.id ?? null,
    message: {
      ts: (Date.now() / 1000).toFixed(6),
      user: SLACKBOT,
      name: "Slackbot",
      text,
      thread_ts: threadTs,
      ephemeral: true,
      notice: true,
    },
  };
}

/**
 * The messages to show, with the notices of this person and place among them, by time.
 *
 * @param {object[]} messages of the server
 * @param {object} state
 * @param {string|null} threadTs of the thread that is shown; null for the conversation itself
 */
export function withNotices(messages, { notices, me, place }, threadTs) {
  const own = notices.filter((notice) => notice.me === me?.id && notice.place === place?.id);
  const here = own
    .map(({ message }) => message)
    .filter((message) => message.thread_ts === threadTs);
  if (!here.length) return messages;
  return [...messages, ...here].toSorted((one, other) => one.ts - other.ts);
}
