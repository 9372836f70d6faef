/**
 * Ten events in a burst ask for one refetch, not ten: while `work` runs, further calls share one
 * more run, which starts when this one ends and so sees what they were about.
 *
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>} settles when a run that began after the call has ended
 */
export function coalesce(work) {
  let running = null;
  let queued = null;

  function start() {
    running = work().finally(() => {
      running = null;
    });
    return running;
  }

  return () => {
    if (!running) return start();
    queued ??= running
      .catch(() => {})
      .then(() => {
        queued = null;
        return start();
      });
    return queued;
  };
}
