// Asking the server again for what is shown, after it said that something changed.

import { coalesce } from "./coalesce.js";
import { createDirectory } from "./directory.js";

/**
 * @param {ReturnType<typeof import("./store.js").createStore>} store
 * @param {() => object} api requests of the present person
 */
export function createRefresh(store, api) {
  /**
   * A refetch whose answer is dropped when it is no longer about what is shown.
   *
   * @param {(state: object) => Promise<object|null>} fetchPatch
   * @param {(before: object, now: object) => boolean} stillFits
   */
  const refetch = (fetchPatch, stillFits) =>
    coalesce(async () => {
      const before = store.get();
      if (!before.me) return;
      try {
        const patch = await fetchPatch(before);
        if (patch && stillFits(before, store.get())) store.set(patch);
      } catch (error) {
        // No answer: the event stream notices too, and asks for all of this when it is back.
        if (error.status === 0) store.set({ online: false });
      }
    });

  const refresh = {
    sidebar: refetch(async ({ boot, me }) => {
      const sidebar = await api().sidebar();
      return { sidebar, directory: createDirectory(boot, me, sidebar) };
    }, samePerson),

    modals: refetch(async () => ({ modals: (await api().modals()).stack }), samePerson),

    conversation: refetch(async ({ place, threadTs }) => {
      return place?.kind === "conversation" ? fetchPlace(api(), place, threadTs) : null;
    }, samePlace),

    home: refetch(async ({ place }) => {
      return place?.kind === "home" ? { home: (await api().refreshHome()).view } : null;
    }, samePlace),

    all: () =>
      Promise.all([refresh.sidebar(), refresh.conversation(), refresh.home(), refresh.modals()]),
  };
  return refresh;
}

/** What the store holds of a place, fetched afresh. Of the Home tab this is one opening. */
export async function fetchPlace(api, place, threadTs) {
  const nothing = { conversation: null, threadTs: null, thread: null };
  if (place.kind === "missing") return nothing;
  if (place.kind === "home") return { ...nothing, home: (await api.openHome()).view };
  const [conversation, thread] = await Promise.all([
    api.conversation(place.id),
    // A thread that is gone does not take the conversation with it.
    threadTs ? api.thread(place.id, threadTs).catch(() => null) : null,
  ]);
  return { conversation, threadTs, thread: thread?.messages ?? null };
}

function samePerson(before, now) {
  return before.me === now.me;
}

function samePlace(before, now) {
  return samePerson(before, now) && before.place === now.place && before.threadTs === now.threadTs;
}
