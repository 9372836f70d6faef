// Server-sent events, with recovery: a server that goes away is asked again until it is back.

const RETRY_MS = [500, 1000, 2000, 3000];

// A browser opens at most six connections to one server over HTTP/1.1, and every tab's event
// stream holds one. A tab that nobody has looked at for a minute gives its own back.
const HIDDEN_MS = 60_000;

/**
 * Listens until `stop()`.
 *
 * @param {string} url
 * @param {{onEvent: (event: object) => void, onUp: () => void, onDown: () => void}} handlers
 *   `onUp` is called at every (re)connection: anything may have changed in between.
 * @returns {() => void} stop
 */
export function listen(url, { onEvent, onUp, onDown }) {
  let source = null;
  let failures = 0;
  let retryTimer = null;
  let hiddenTimer = null;

  function connect() {
    disconnect();
    source = new EventSource(url);
    source.onopen = () => {
      failures = 0;
      onUp();
    };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = retryLater;
  }

  function disconnect() {
    source?.close();
    source = null;
    clearTimeout(retryTimer);
  }

  function retryLater() {
    disconnect();
    onDown();
    retryTimer = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  }

  function onVisibility() {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(disconnect, HIDDEN_MS);
    else if (!source) connect();
  }

  document.addEventListener("visibilitychange", onVisibility);
  connect();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    clearTimeout(hiddenTimer);
    disconnect();
  };
}
