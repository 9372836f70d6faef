// Where a person can be: a conversation of theirs, or the app's Home tab.

import { channelSlug } from "./directory.js";

/**
 * @typedef {{kind: "home"} | {kind: "conversation", id: string} | {kind: "missing", name: string}} Place
 */

/**
 * @param {string} word the second part of the address
 * @param {object} sidebar the person's conversations
 * @returns {Place}
 */
export function locate(word, sidebar) {
  if (word === "home") return { kind: "home" };
  const channel = sidebar.channels.find(({ id, name }) => name === word || id === word);
  const found = channel ?? sidebar.dms.find(({ id }) => id === word);
  return found ? { kind: "conversation", id: found.id } : { kind: "missing", name: word };
}

/** The word for a place in the address. */
export function wordFor(place, sidebar) {
  if (place?.kind === "home") return "home";
  if (place?.kind === "missing") return place.name;
  const channel = sidebar?.channels.find(({ id }) => id === place?.id);
  return channel ? channelSlug(channel) : (place?.id ?? null);
}

/** The first of `words` at which the person has a conversation; else their first channel; else Home. */
export function firstOpen(words, sidebar) {
  const open = words.find((word) => word && locate(word, sidebar).kind !== "missing");
  return open ?? (sidebar.channels.length ? channelSlug(sidebar.channels[0]) : "home");
}

/** How many messages of a conversation are unread. */
export function unreadIn(id, sidebar) {
  return (
    [...(sidebar?.channels ?? []), ...(sidebar?.dms ?? [])].find((item) => item.id === id)
      ?.unread ?? 0
  );
}
