// What this browser remembers between visits: drafts, who one was, and where each person was last.

/**
 * @param {string} team drafts of one workspace are not offered in another
 */
export function createMemory(team) {
  const name = (kind, parts) => ["localslack", team, kind, ...parts].join("/");
  return {
    draft: (...where) => read(name("draft", where)) ?? "",
    keepDraft: (text, ...where) => write(name("draft", where), text),
    place: (handle) => read(name("place", [handle])),
    keepPlace: (handle, place) => {
      write(name("place", [handle]), place);
      write(name("person", []), handle);
    },
    lastPerson: () => read(name("person", [])),
  };
}

// A browser may refuse storage (private windows, policy); the page works without.
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // Nothing is remembered then.
  }
}
