// Who one is, what one looks at, and what the server said about it last. The views draw the
// store's state; they change it only through what is offered here and in acts.js.

import { createActs } from "./acts.js";
import { apiAs, fetchBoot } from "./api.js";
import { createDirectory } from "./directory.js";
import { listen } from "./live.js";
import { createMemory } from "./memory.js";
import { firstOpen, locate, unreadIn, wordFor } from "./places.js";
import { createRefresh, fetchPlace } from "./refresh.js";
import { formatRoute, parseRoute } from "./route.js";
import { createStore } from "./store.js";

const NOWHERE = {
  sidebar: null,
  place: null,
  conversation: null,
  firstUnread: null,
  threadTs: null,
  thread: null,
  home: null,
  modals: [],
};

/** @param {object} boot answer of GET /client/boot */
export function createSession(boot) {
  const memory = createMemory(boot.team.id);
  const directory = createDirectory(boot, null, null);
  const store = createStore({ boot, online: true, notices: [], me: null, directory, ...NOWHERE });
  const state = store.get;
  let api = null;
  const refresh = createRefresh(store, () => api);
  const acts = createActs(store, () => api, refresh);
  let stopListening = () => {};
  let turns = 0;
  let events = 0;

  /** Goes where the address says; a newer call overtakes one that still waits for the server. */
  async function follow() {
    turns += 1;
    const turn = turns;
    const route = parseRoute(location.hash);
    const me = state().directory.byHandle(route.handle);
    if (!me || me.deactivated) return redirect({ handle: usualPerson().handle });
    const lastWord = wordFor(state().place, state().sidebar);
    if (me.id !== state().me?.id) become(me);
    const sidebar = state().sidebar ?? (await api.sidebar());
    if (turn !== turns) return undefined;
    if (route.place) return enter(me, sidebar, route, () => turn === turns);
    // Whoever changes person stays in the same channel where they can.
    const word = firstOpen([lastWord, memory.place(me.handle)], sidebar);
    return redirect({ handle: me.handle, place: word });
  }

  function usualPerson() {
    const { people, byHandle } = state().directory;
    return byHandle(memory.lastPerson()) ?? people[0] ?? boot.people[0];
  }

  function redirect(route) {
    location.replace(formatRoute(route));
  }

  function become(me) {
    stopListening();
    api = apiAs(me.handle);
    store.set({ ...NOWHERE, me, directory: createDirectory(boot, me, null) });
    stopListening = listen(api.eventsUrl, { onEvent, onUp, onDown });
  }

  async function enter(me, sidebar, { place: word, thread }, stillWanted) {
    const place = locate(word, sidebar);
    const eventsBefore = events;
    const found = await fetchPlace(api, place, thread);
    if (!stillWanted()) return;
    if (place.kind !== "missing") memory.keepPlace(me.handle, word);
    const arriving = place.id !== state().place?.id;
    const firstUnread = arriving
      ? firstUnreadOf(found.conversation, me, unreadIn(place.id, sidebar))
      : state().firstUnread;
    store.set({
      sidebar,
      directory: createDirectory(boot, me, sidebar),
      place,
      firstUnread,
      ...found,
    });
    // What changed on the way here was told before anybody was here to hear it.
    if (events !== eventsBefore) await refresh.all();
    await acts.markRead();
  }

  async function onEvent(event) {
    events += 1;
    if (event.type === "modals") await refresh.modals();
    else if (event.type === "home") await refresh.home();
    else if (event.type === "notice") acts.addNotice(event.text);
    else if (event.type === "sidebar") await onSidebar();
    else if (event.type === "conversation" && event.id === state().place?.id)
      await refresh.conversation();
  }

  async function onSidebar() {
    await refresh.sidebar();
    const { place, sidebar } = state();
    const removed =
      place?.kind === "conversation" && sidebar && locate(place.id, sidebar).kind === "missing";
    await (removed ? follow() : acts.markRead());
  }

  async function onUp() {
    const returned = !state().online;
    store.set({ online: true });
    if (returned && (await isAnotherWorkspace())) location.reload();
    await refresh.all();
    await acts.markRead();
    // The server was away before anybody arrived.
    if (returned && !state().place) await follow();
  }

  function onDown() {
    store.set({ online: false });
  }

  async function isAnotherWorkspace() {
    const now = await fetchBoot().catch(() => boot);
    return JSON.stringify(now) !== JSON.stringify(boot);
  }

  document.addEventListener("visibilitychange", acts.markRead);
  return { store, memory, follow, api: () => api, refreshModals: refresh.modals, ...acts };
}

/** The first message that was unread on arrival: above it stands the "New" line. */
function firstUnreadOf(conversation, me, count) {
  if (!count || !conversation) return null;
  const others = conversation.messages.filter(({ user }) => user !== me.id);
  return others.at(-count)?.ts ?? null;
}
