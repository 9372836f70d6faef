// Slack's date tokens, `<!date^unix^{date} at {time}|fallback>`, written the British way.
// https://docs.slack.dev/messaging/formatting-message-text#date-formatting

import { londonDay, londonParts, ZONE } from "./london.js";

const DAY = 86_400;

const formatter = (options) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, ...options });
  return (unix) => format.format(new Date(unix * 1000));
};

const LONG_DAY = { weekday: "long", day: "numeric", month: "long" };

const dateFull = formatter({ day: "numeric", month: "long", year: "numeric" });
const dateShort = formatter({ day: "numeric", month: "short", year: "numeric" });
const dateLong = formatter({ ...LONG_DAY, year: "numeric" });
const dayOfYear = formatter(LONG_DAY);
const time = formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const timeSecs = formatter({
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

const TOKENS = {
  date: dateFull,
  date_num: londonDay,
  date_slash: formatter({ day: "2-digit", month: "2-digit", year: "numeric" }),
  date_short: dateShort,
  date_long: dateLong,
  date_long_full: dateFull,
  date_pretty: (unix, now) => nearDay(unix, now) ?? dateFull(unix),
  date_short_pretty: (unix, now) => nearDay(unix, now) ?? dateShort(unix),
  date_long_pretty: (unix, now) => nearDay(unix, now) ?? dateLong(unix),
  day_divider_pretty: (unix, now) =>
    nearDay(unix, now) ?? (sameYear(unix, now) ? dayOfYear(unix) : dateLong(unix)),
  time,
  time_secs: timeSecs,
  ago,
};

/**
 * Writes `template` for the instant `unix`.
 *
 * @param {number} unix seconds
 * @param {string} template text with Slack's tokens; unknown ones stay as they are
 * @param {number} [now] seconds
 */
export function formatSlackDate(unix, template, now = Date.now() / 1000) {
  const text = template.replace(/\{(\w+)\}/g, (token, name) => TOKENS[name]?.(unix, now) ?? token);
  const startsWithDay = /^\{\w+_pretty\}/.test(template);
  return startsWithDay ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Whether what `template` says changes as time goes by. */
export function isRelative(template) {
  return /\{(ago|\w+_pretty)\}/.test(template);
}

/** The instant in full: what a tooltip shows. */
export function describeInstant(unix) {
  return `${dateLong(unix)} at ${timeSecs(unix)}, London time`;
}

function nearDay(unix, now) {
  const days = dayNumber(unix) - dayNumber(now);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

function dayNumber(unix) {
  return Date.parse(`${londonDay(unix)}T00:00Z`) / 1000 / DAY;
}

function sameYear(unix, now) {
  return londonParts(unix).year === londonParts(now).year;
}

const UNITS = [
  [365 * DAY, "year"],
  [30 * DAY, "month"],
  [DAY, "day"],
  [3600, "hour"],
  [60, "minute"],
];

function ago(unix, now) {
  const seconds = Math.abs(now - unix);
  const [size, unit] = UNITS.find(([length]) => seconds >= length) ?? [];
  if (!unit) return "just now";
  const count = Math.floor(seconds / size);
  const span = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return unix > now ? `in ${span}` : `${span} ago`;
}
