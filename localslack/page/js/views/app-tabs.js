import { h } from "../core/dom.js";

/**
 * The app's two places: its Home tab and the messages with it.
 *
 * @param {object} session
 * @param {"home"|"messages"} current
 */
export function appTabs(session, current) {
  const { directory } = session.store.get();
  const dm = directory.dms.find((item) => item.with.is_app);
  const openDm = (event) => {
    event.preventDefault();
    session.openDm(directory.app.bot_user_id);
  };
  const here = (tab) => (tab === current ? "page" : null);
  return h(
    "nav",
    { class: "tabs", "aria-label": directory.app.name },
    h("a", { href: session.addressOf("home"), "aria-current": here("home") }, "Home"),
    h(
      "a",
      {
        href: dm ? session.addressOf(dm.id) : "#",
        "aria-current": here("messages"),
        on: dm ? {} : { click: openDm },
      },
      "Messages",
    ),
  );
}
