// The address after the `#` says who one is and what one looks at, so that a reload keeps both
// and two tabs can be two people:
//   #/priya   #/priya/home   #/priya/breach-ost   #/priya/breach-ost/thread/1700000000.000100

/**
 * @typedef {object} Route
 * @property {string|null} handle whose page it is
 * @property {string|null} place "home", a channel's name, or a conversation's id
 * @property {string|null} thread the parent message's timestamp
 */

/** @returns {Route} */
export function parseRoute(hash) {
  const [handle, place, word, ts] = hash.replace(/^#\/?/, "").split("/").map(decode);
  return {
    handle: handle || null,
    place: place || null,
    thread: word === "thread" && ts ? ts : null,
  };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @param {Partial<Route>} route */
export function formatRoute({ handle, place, thread }) {
  const parts = [handle, place, ...(thread ? ["thread", thread] : [])].filter(Boolean);
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}
