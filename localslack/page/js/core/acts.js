// What a person does outside of blocks and modals: say something, read, open a thread or a DM.

import { makeNotice } from "./notices.js";
import { unreadIn, wordFor } from "./places.js";
import { formatRoute } from "./route.js";

/**
 * @param {ReturnType<typeof import("./store.js").createStore>} store
 * @param {() => object} api requests of the present person
 * @param {ReturnType<typeof import("./refresh.js").createRefresh>} refresh
 */
export function createActs(store, api, refresh) {
  const state = store.get;

  /**
   * Says `text`, or runs it as a slash command.
   *
   * @throws {import("./api.js").ApiError} nothing was sent
   */
  async function post(text, threadTs) {
    const answer = await api().post(state().place.id, text, threadTs);
    if (!answer.ok) addNotice(answer.notice, threadTs);
    await Promise.all([refresh.conversation(), refresh.modals()]);
  }

  async function markRead() {
    const { place, sidebar } = state();
    if (document.hidden || place?.kind !== "conversation" || !unreadIn(place.id, sidebar)) return;
    await api().markRead(place.id);
    await refresh.sidebar();
  }

  /** Something only this person is told, in the conversation they are in. */
  function addNotice(text, threadTs = null) {
    store.set({ notices: [...state().notices, makeNotice(state(), text, threadTs)] });
  }

  function dismissNotice(ts) {
    store.set({ notices: state().notices.filter(({ message }) => message.ts !== ts) });
  }

  async function openDm(userId) {
    const { id } = await api().openDm(userId);
    await refresh.sidebar();
    location.hash = addressOf(id);
  }

  /** The address of a place, as the same person. */
  function addressOf(word, thread = null) {
    return formatRoute({ handle: state().me.handle, place: word, thread });
  }

  /** The address of a thread where one is, or of the place itself. */
  function here(thread = null) {
    return addressOf(wordFor(state().place, state().sidebar), thread);
  }

  function openThread(ts) {
    location.hash = here(ts);
  }

  function closeThread() {
    location.hash = here();
  }

  return {
    post,
    markRead,
    addNotice,
    dismissNotice,
    openDm,
    addressOf,
    here,
    openThread,
    closeThread,
  };
}
