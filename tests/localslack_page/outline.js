/**
 * Draws texts as mrkdwn and gives an outline of each: <b>, <i>, <s>, <c> code, <a href>, <m> mention,
 * <q> quote, <u> and <o> lists, <p> preformatted; "|" stands between lines and items.
 */
async (texts) => {
  const { renderMrkdwn } = await import("/js/text/render.js");
  const { createDirectory } = await import("/js/core/directory.js");
  const [boot, sidebar] = await Promise.all(
    ["boot", "priya/sidebar"].map(async (path) => (await fetch(`/client/${path}`)).json()),
  );
  const directory = createDirectory(boot, boot.people[0], sidebar);
  const names = {
    STRONG: "b",
    EM: "i",
    S: "s",
    CODE: "c",
    A: "a",
    BLOCKQUOTE: "q",
    UL: "u",
    OL: "o",
    PRE: "p",
  };

  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const inside = (node) => [...node.childNodes].map(outline).join("");
  const rows = (node) => [...node.children].map(inside).join("|");

  function outline(node) {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
    if (node.matches(".lines")) return rows(node);
    const name = node.matches(".mention") ? "m" : names[node.tagName];
    if (!name) return inside(node);
    const target = name === "a" ? ` ${node.getAttribute("href")}` : "";
    const content = name === "u" || name === "o" ? rows(node) : inside(node);
    return `<${name}${target}>${content}</${name}>`;
  }

  return texts.map((text) => renderMrkdwn(text, directory).map(outline).join(""));
}
