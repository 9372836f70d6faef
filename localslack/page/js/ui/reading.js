// What stands on the page, as one string to be read out.

const PARTS = "blockquote, button, div, h1, h2, h3, li, ol, p, pre, ul";

/**
 * The words of nodes, with an end to each line, since a live region has no lines.
 *
 * @param {Node[]} nodes
 * @param {number} longest characters; more than that is a text to be read, not to be told
 */
export function reading(nodes, longest = 400) {
  const words = nodes.flatMap(linesOf).map(ended).join(" ");
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}

function linesOf(root) {
  const lines = [""];
  const walk = (node) => {
    const isPart = node.nodeType === Node.ELEMENT_NODE && node.matches(PARTS);
    if (isPart) lines.push("");
    if (node.nodeType === Node.TEXT_NODE) lines.push(lines.pop() + node.data);
    for (const child of node.childNodes) walk(child);
    if (isPart) lines.push("");
  };
  walk(root);
  return lines.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function ended(line) {
  return /[.,:;?!…]$/.test(line) ? line : `${line}.`;
}
