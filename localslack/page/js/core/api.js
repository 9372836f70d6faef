// The client API of the local Slack: one function per request of localslack/README.md.

/** The server did not answer, or answered that something is wrong. */
export class ApiError extends Error {
  /** @param {number} status HTTP status; 0 when there was no answer at all */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, body) {
  const options =
    body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
        };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError(0, "The local Slack does not answer.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiError(
      response.status,
      answer.notice ?? answer.error ?? `The local Slack answered ${response.status}.`,
    );
  }
  return answer;
}

/** Team, app, people and groups: the same for everybody. */
export const fetchBoot = () => request("/client/boot");

/**
 * Everything one person can ask for.
 *
 * @param {string} handle who asks
 */
export function apiAs(handle) {
  const at = (...parts) => `/client/${[handle, ...parts].map(encodeURIComponent).join("/")}`;
  return {
    eventsUrl: at("events"),
    sidebar: () => request(at("sidebar")),
    conversation: (id) => request(at("conversations", id)),
    thread: (id, ts) => request(at("conversations", id, "threads", ts)),
    post: (id, text, threadTs) =>
      request(at("conversations", id, "messages"), {
        text,
        ...(threadTs && { thread_ts: threadTs }),
      }),
    markRead: (id) => request(at("conversations", id, "read"), {}),
    openDm: (user) => request(at("dms"), { user }),
    openHome: () => request(at("home")),
    refreshHome: () => request(`${at("home")}?refresh=1`),
    act: (action) => request(at("actions"), action),
    options: (query) => request(at("options"), query),
    modals: () => request(at("modals")),
    submit: (viewId, values) => request(at("modals", viewId, "submit"), { values }),
    close: (viewId) => request(at("modals", viewId, "close"), {}),
  };
}
