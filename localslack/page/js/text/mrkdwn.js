// Reads Slack's mrkdwn into blocks of lines. What is on one line is read by inline.js.
// https://docs.slack.dev/messaging/formatting-message-text

import { parseInline } from "./inline.js";

/**
 * @typedef {{type: "pre", text: string}
 *   | {type: "quote", blocks: Block[]}
 *   | {type: "list", ordered: boolean, start: number, items: object[][]}
 *   | {type: "lines", lines: object[][]}} Block
 */

const FENCE = /```([\s\S]+?)```/g;
const QUOTE = /^(?:&gt;|>)\s?/;
const LONG_QUOTE = /^(?:&gt;|>){3}\s?/;
const BULLET = /^\s*[•◦▪‣-]\s+(?=\S)/;
const NUMBER = /^\s*(\d{1,3})[.)]\s+(?=\S)/;

/** @returns {Block[]} */
export function parseMrkdwn(text) {
  const blocks = [];
  let end = 0;
  for (const fence of text.matchAll(FENCE)) {
    blocks.push(...parseLines(text.slice(end, fence.index).replace(/\n$/, "")));
    blocks.push({ type: "pre", text: fence[1].replace(/^\n|\n$/g, "") });
    end = fence.index + fence[0].length;
  }
  const rest = text.slice(end);
  return [...blocks, ...parseLines(end ? rest.replace(/^\n/, "") : rest)];
}

function parseLines(text) {
  if (text === "") return [];
  const blocks = [];
  const lines = text.split("\n");
  while (lines.length) blocks.push(takeBlock(lines));
  return blocks;
}

function takeBlock(lines) {
  if (LONG_QUOTE.test(lines[0])) return takeLongQuote(lines);
  if (QUOTE.test(lines[0])) return takeQuote(lines);
  if (BULLET.test(lines[0])) return takeList(lines, BULLET);
  if (NUMBER.test(lines[0])) return takeList(lines, NUMBER);
  const plain = takeWhile(
    lines,
    (line) => ![QUOTE, BULLET, NUMBER].some((start) => start.test(line)),
  );
  return { type: "lines", lines: plain.map(parseInline) };
}

/** ">>>" quotes all that follows. */
function takeLongQuote(lines) {
  const text = lines.splice(0).join("\n").replace(LONG_QUOTE, "");
  return { type: "quote", blocks: parseLines(text) };
}

function takeQuote(lines) {
  const quoted = takeWhile(lines, (line) => QUOTE.test(line)).map((line) =>
    line.replace(QUOTE, ""),
  );
  return { type: "quote", blocks: parseLines(quoted.join("\n") || " ") };
}

function takeList(lines, start) {
  const first = NUMBER.exec(lines[0]);
  const items = takeWhile(lines, (line) => start.test(line)).map((line) =>
    parseInline(line.replace(start, "")),
  );
  return { type: "list", ordered: start === NUMBER, start: first ? Number(first[1]) : 1, items };
}

function takeWhile(lines, holds) {
  const stop = lines.findIndex((line) => !holds(line));
  return lines.splice(0, stop === -1 ? lines.length : stop);
}
