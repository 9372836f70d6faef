// Puts the page together and keeps it in step with the store.

import { ApiError, fetchBoot } from "./core/api.js";
import { fill } from "./core/dom.js";
import { createSession } from "./core/session.js";
import { createModalHost } from "./modal/host.js";
import { keepStampsTrue } from "./time/stamp.js";
import { liveRegion } from "./ui/announce.js";
import { toast } from "./ui/toast.js";
import { createAnnouncer } from "./views/announcer.js";
import { createConversationView } from "./views/conversation.js";
import { setDrawer, watchDrawer } from "./views/drawer.js";
import { createHomeView } from "./views/home.js";
import { createMissingView } from "./views/missing.js";
import { createOfflineBanner } from "./views/offline.js";
import { followPermalinks, leavePermalink } from "./views/permalinks.js";
import { createRail } from "./views/rail.js";
import { createSidebar } from "./views/sidebar.js";
import { createThreadView } from "./views/thread.js";
import { createTitle } from "./views/title.js";

const RETRY_MS = 1500;

const byId = (id) => document.getElementById(id);

async function bootWhenUp(banner) {
  for (;;) {
    try {
      const boot = await fetchBoot();
      banner.update({ online: true });
      return boot;
    } catch {
      banner.update({ online: false });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Whatever the server refused and nobody else has told the person about. */
function reportFailure(event) {
  if (!(event.reason instanceof ApiError)) return;
  event.preventDefault();
  toast(event.reason.message);
}

async function start() {
  const banner = createOfflineBanner(byId("offline"));
  const session = createSession(await bootWhenUp(banner));
  const { store } = session;
  const { directory } = store.get();

  const conversation = createConversationView(session);
  const middle = { conversation, home: createHomeView(session), missing: createMissingView() };
  const modals = createModalHost({
    directory: () => store.get().directory,
    api: session.api,
    refresh: session.refreshModals,
    onNotice: toast,
  });
  const always = [
    banner,
    createRail(byId("rail"), directory.people),
    createSidebar(session, byId("sidebar")),
    createThreadView(session, byId("thread"), conversation.focusComposer),
    createTitle(),
    createAnnouncer(),
    { update: showMiddle },
    { update: ({ modals: stack }) => modals.update(stack) },
  ];

  function showMiddle(state) {
    if (!state.place) return;
    const view = middle[state.place.kind];
    if (view.node.parentElement !== byId("main")) {
      fill(byId("main"), view.node);
      view.arrive?.();
    }
    view.update(state);
  }

  function arrive() {
    setDrawer(false);
    session.follow();
  }

  store.subscribe((state) => always.forEach((view) => view.update(state)));
  window.addEventListener("hashchange", arrive);
  window.addEventListener("unhandledrejection", reportFailure);
  liveRegion(document.body);
  watchDrawer();
  followPermalinks(session);
  leavePermalink(session.memory.lastPerson());
  keepStampsTrue();
  await session.follow();
}

start();
