// rich_text: what people write in Slack's own editor, and apps may send.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { h } from "../core/dom.js";
import { emojiCharacter } from "../text/emoji.js";
import { emojiNode, linkNode, mention, renderInline } from "../text/render.js";

export function richText(block, { directory }) {
  return h(
    "div",
    { class: "block rich" },
    block.elements.map((element) => renderElement(element, directory)),
  );
}

function renderElement(element, directory) {
  switch (element.type) {
    case "rich_text_list":
      return renderList(element, directory);
    case "rich_text_quote":
      return h("blockquote", {}, renderRuns(element.elements, directory));
    case "rich_text_preformatted":
      return h("pre", {}, renderRuns(element.elements, directory));
    default:
      return h("div", { class: "line" }, renderRuns(element.elements ?? [], directory));
  }
}

function renderList({ style, indent = 0, offset = 0, elements }, directory) {
  return h(
    style === "ordered" ? "ol" : "ul",
    { start: offset ? offset + 1 : null, css: { "--indent": String(indent) } },
    elements.map((item) => h("li", {}, renderRuns(item.elements ?? [], directory))),
  );
}

function renderRuns(runs, directory) {
  return runs.map((run) => styleRun(run.style, renderRun(run, directory)));
}

function renderRun(run, directory) {
  switch (run.type) {
    case "text":
      return document.createTextNode(run.text);
    case "link":
      return linkNode(run.url, run.text ?? run.url);
    case "emoji":
      return emojiNode(run.name, emojiCharacter(run.name, run.skin_tone));
    case "user":
      return renderInline([{ type: "user", id: run.user_id }], directory)[0];
    case "channel":
      return renderInline([{ type: "channel", id: run.channel_id }], directory)[0];
    case "usergroup":
      return renderInline([{ type: "usergroup", id: run.usergroup_id }], directory)[0];
    case "broadcast":
      return mention(`@${run.range}`, true);
    case "date":
      return renderInline(
        [{ type: "date", unix: run.timestamp, format: run.format, url: run.url }],
        directory,
      )[0];
    default:
      return document.createTextNode(run.text ?? "");
  }
}

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function styleRun(style, node) {
  return Object.entries(STYLE_TAGS).reduce(
    (inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner),
    node,
  );
}
