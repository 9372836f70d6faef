// Reads one line of Slack's mrkdwn: *bold*, _italic_, ~strike~, `code`, <links|and mentions>, :emoji:.

import { parseAngle } from "./angle.js";
import { hasEmoji } from "./emoji.js";
import { unescape } from "./entities.js";

const STYLES = { "*": "bold", _: "italic", "~": "strike" };
const EMOJI = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/y;
const BARE_URL = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?'")\]]/y;
const WORD = /[\p{L}\p{N}]/u;

/**
 * @param {string} line
 * @returns {object[]} nodes: text, code, bold, italic, strike, emoji, and those of angle.js
 */
export function parseInline(line) {
  const nodes = [];
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain) nodes.push({ type: "text", text: unescape(plain) });
    plain = "";
  };
  while (at < line.length) {
    const found =
      readCode(line, at) ??
      readAngle(line, at) ??
      readStyle(line, at) ??
      readEmoji(line, at) ??
      readUrl(line, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += line[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function readCode(line, at) {
  if (line[at] !== "`") return null;
  const end = line.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { node: { type: "code", text: unescape(line.slice(at + 1, end)) }, end: end + 1 };
}

function readAngle(line, at) {
  if (line[at] !== "<") return null;
  const end = line.indexOf(">", at);
  const node = end > at && parseAngle(line.slice(at + 1, end));
  return node ? { node, end: end + 1 } : null;
}

/** A style holds only when its marks stand at the edges of words: 3*4*5 is not bold. */
function readStyle(line, at) {
  const mark = line[at];
  const type = STYLES[mark];
  if (!type || isWord(line[at - 1]) || line[at - 1] === mark) return null;
  if (line[at + 1] === undefined || /\s/.test(line[at + 1]) || line[at + 1] === mark) return null;
  const end = closingMark(line, at);
  if (end === -1) return null;
  return { node: { type, children: parseInline(line.slice(at + 1, end)) }, end: end + 1 };
}

function closingMark(line, at) {
  const mark = line[at];
  for (let index = at + 1; index < line.length; index += 1) {
    const inside = readCode(line, index) ?? readAngle(line, index);
    if (inside) {
      index = inside.end - 1;
    } else if (
      line[index] === mark &&
      !/\s/.test(line[index - 1]) &&
      !isWord(line[index + 1]) &&
      line[index + 1] !== mark
    ) {
      return index;
    }
  }
  return -1;
}

function isWord(character) {
  return character !== undefined && WORD.test(character);
}

function readEmoji(line, at) {
  const match = line[at] === ":" && stickyMatch(EMOJI, line, at);
  if (!match || !hasEmoji(match[1])) return null;
  return {
    node: { type: "emoji", name: match[1], tone: Number(match[2]) || null },
    end: at + match[0].length,
  };
}

function readUrl(line, at) {
  const match = line[at] === "h" && !isWord(line[at - 1]) && stickyMatch(BARE_URL, line, at);
  if (!match) return null;
  const url = unescape(match[0]);
  return { node: { type: "link", url, label: url }, end: at + match[0].length };
}

function stickyMatch(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
