// Reads what stands between < and > in mrkdwn: links, mentions and dates.

import { unescape } from "./entities.js";

/** Only these may become links: anything else (javascript:, data:) stays text. */
const SAFE_URL = /^(?:https?:\/\/|mailto:|tel:)/i;

export function isSafeUrl(url) {
  return SAFE_URL.test(url ?? "");
}

/**
 * @param {string} body without the angle brackets
 * @returns {object|null} a node; null when it is nothing Slack knows, and so plain text
 */
export function parseAngle(body) {
  const [target, ...rest] = body.split("|");
  const label = rest.length ? unescape(rest.join("|")) : null;
  if (target.startsWith("@")) return { type: "user", id: target.slice(1), label };
  if (target.startsWith("#")) return { type: "channel", id: target.slice(1), label };
  if (target.startsWith("!")) return parseSpecial(target.slice(1), label);
  const url = unescape(target);
  return isSafeUrl(url)
    ? { type: "link", url, label: label ?? url.replace(/^(?:mailto|tel):/i, "") }
    : null;
}

function parseSpecial(word, label) {
  if (word.startsWith("subteam^"))
    return { type: "usergroup", id: word.slice("subteam^".length), label };
  if (word.startsWith("date^")) return parseDate(word, label);
  if (["here", "channel", "everyone"].includes(word)) return { type: "broadcast", name: word };
  return { type: "text", text: label ?? word };
}

function parseDate(word, fallback) {
  const [, unix, format, link] = word.split("^");
  if (!/^\d+$/.test(unix ?? "") || !format) return { type: "text", text: fallback ?? "" };
  return {
    type: "date",
    unix: Number(unix),
    format: unescape(format),
    url: link ? unescape(link) : null,
  };
}
