/**
 * "The server is gone": shown until it is back.
 *
 * @param {HTMLElement} banner
 */
export function createOfflineBanner(banner) {
  let shown = false;
  return {
    update({ online }) {
      if (shown === !online) return;
      shown = !online;
      banner.textContent = shown
        ? "The local Slack does not answer. Trying again until it does; nothing you typed is lost."
        : "";
      banner.hidden = !shown;
    },
  };
}
