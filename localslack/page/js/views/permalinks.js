// Links to a message, as `chat.getPermalink` makes them: /archives/C0OST/p1700000000000100

import { formatRoute } from "../core/route.js";

const PERMALINK = /^\/archives\/([^/]+)\/p(\d{10})(\d{6})$/;

/** @returns {{place: string, thread: string}|null} null when the address is no permalink of this server */
function readPermalink(address) {
  const url = new URL(address, location.href);
  const match = url.origin === location.origin && PERMALINK.exec(url.pathname);
  if (!match) return null;
  const [, place, seconds, rest] = match;
  return { place, thread: url.searchParams.get("thread_ts") ?? `${seconds}.${rest}` };
}

/** A page opened at a permalink becomes the ordinary page at that message. */
export function leavePermalink(handle) {
  const target = readPermalink(location.href);
  if (target) history.replaceState(null, "", `/${formatRoute({ handle, ...target })}`);
}

/** Permalinks in messages open here, as the same person, and not in a new tab. */
export function followPermalinks(session) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const target = link && readPermalink(link.href);
    if (!target || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    location.hash = formatRoute({ handle: session.store.get().me.handle, ...target });
  });
}
