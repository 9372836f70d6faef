// <time> elements that stay true: "3 minutes ago" becomes "4 minutes ago" without a reload.

import { h } from "../core/dom.js";
import { describeInstant, formatSlackDate, isRelative } from "./slackdate.js";

const MINUTE_MS = 60_000;

/**
 * @param {number} unix seconds
 * @param {string} template Slack's date tokens
 * @param {object} [props] further attributes
 */
export function stamp(unix, template, props = {}) {
  return h(
    "time",
    {
      datetime: new Date(unix * 1000).toISOString(),
      title: describeInstant(unix),
      ...props,
      data: isRelative(template) ? { unix: String(unix), template } : {},
    },
    formatSlackDate(unix, template),
  );
}

/** Rewrites relative times at the start of every minute. */
export function keepStampsTrue() {
  const untilNextMinute = MINUTE_MS - (Date.now() % MINUTE_MS);
  setTimeout(() => {
    rewriteStamps();
    setInterval(rewriteStamps, MINUTE_MS);
  }, untilNextMinute);
}

function rewriteStamps() {
  for (const node of document.querySelectorAll("time[data-unix]")) {
    const text = formatSlackDate(Number(node.dataset.unix), node.dataset.template);
    if (node.textContent !== text) node.textContent = text;
  }
}
