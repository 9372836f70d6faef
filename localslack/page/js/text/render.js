// Text objects and mrkdwn as DOM nodes.

import { h } from "../core/dom.js";
import { stamp } from "../time/stamp.js";
import { isSafeUrl } from "./angle.js";
import { emojiCharacter } from "./emoji.js";
import { unescape } from "./entities.js";
import { parseMrkdwn } from "./mrkdwn.js";

const PLAIN_EMOJI = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/g;

/**
 * A text object of Block Kit.
 *
 * @param {{type: string, text: string, emoji?: boolean}|undefined} object
 * @param {object} directory names of people, channels and groups
 * @returns {Node[]}
 */
export function renderText(object, directory) {
  if (!object) return [];
  return object.type === "mrkdwn" ? renderMrkdwn(object.text, directory) : renderPlain(object.text);
}

/** Plain text: only entities and emoji shortcodes mean anything, as in Slack. */
export function renderPlain(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(PLAIN_EMOJI)) {
    const character = emojiCharacter(match[1], Number(match[2]) || null);
    if (!character) continue;
    nodes.push(unescape(text.slice(end, match.index)), emojiNode(match[1], character));
    end = match.index + match[0].length;
  }
  return [...nodes, unescape(text.slice(end))];
}

/** A text object as a string: for labels, titles and options, which hold no elements. */
export function plainString(object) {
  const text = (object?.text ?? "").replace(
    PLAIN_EMOJI,
    (code, name, tone) => emojiCharacter(name, Number(tone) || null) ?? code,
  );
  return unescape(text);
}

/** @returns {Node[]} */
export function renderMrkdwn(text, directory) {
  return parseMrkdwn(text).map((block) => renderBlock(block, directory));
}

function renderBlock(block, directory) {
  switch (block.type) {
    case "pre":
      return h("pre", {}, unescape(block.text));
    case "quote":
      return h(
        "blockquote",
        {},
        block.blocks.map((inner) => renderBlock(inner, directory)),
      );
    case "list":
      return h(
        block.ordered ? "ol" : "ul",
        { start: block.ordered && block.start !== 1 ? block.start : null },
        block.items.map((item) => h("li", {}, renderInline(item, directory))),
      );
    default:
      return h(
        "div",
        { class: "lines" },
        block.lines.map((line) => renderLine(line, directory)),
      );
  }
}

/** One line is one block, so that an empty line keeps its height. */
function renderLine(line, directory) {
  return h("div", { class: "line" }, line.length ? renderInline(line, directory) : h("br"));
}

/** @returns {Node[]} */
export function renderInline(nodes, directory) {
  return nodes.map((node) => INLINE[node.type](node, directory));
}

const styled = (tag) => (node, directory) => h(tag, {}, renderInline(node.children, directory));

const INLINE = {
  text: (node) => document.createTextNode(node.text),
  code: (node) => h("code", {}, node.text),
  bold: styled("strong"),
  italic: styled("em"),
  strike: styled("s"),
  emoji: (node) => emojiNode(node.name, emojiCharacter(node.name, node.tone)),
  link: (node) => linkNode(node.url, node.label),
  user: (node, directory) =>
    mention(
      `@${directory.nameOf(node.id) ?? node.label ?? "unknown person"}`,
      node.id === directory.me,
    ),
  channel: (node, directory) => channelNode(node, directory),
  usergroup: (node, directory) =>
    mention(
      `@${directory.group(node.id)?.handle ?? node.label?.replace(/^@/, "") ?? "unknown group"}`,
    ),
  broadcast: (node) => mention(`@${node.name}`, true),
  date: (node) => dateNode(node),
};

/**
 * An emoji with a name for screen readers; a name that is not known shows as it was typed.
 *
 * @param {string} name
 * @param {string|null} character
 */
export function emojiNode(name, character) {
  if (!character) return document.createTextNode(`:${name}:`);
  const label = name.replace(/[_-]/g, " ").trim() || name;
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": label, title: `:${name}:` },
    character,
  );
}

/** A link that leaves the page; an address that is not safe stays text. */
export function linkNode(url, ...label) {
  if (!isSafeUrl(url)) return h("span", {}, label);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

export function mention(text, loud = false) {
  return h("span", { class: loud ? "mention mention-me" : "mention" }, text);
}

function channelNode(node, directory) {
  const name = directory.channel(node.id)?.name ?? node.label;
  return mention(name ? `#${name}` : "a private channel");
}

function dateNode(node) {
  const time = stamp(node.unix, node.format);
  return node.url ? linkNode(node.url, time) : time;
}
