// Updates a list in place: rows that did not change keep their nodes, and so their focus,
// their half-typed text and their place on the screen.

const ROWS = new WeakMap();

/**
 * @param {Element} parent holds nothing but these rows
 * @param {Array<{key: string, signature: string, render: () => Element}>} rows
 * @returns {{added: string[], news: Element[]}} keys that were not there before; nodes that are new
 *   or say something else than before
 */
export function updateRows(parent, rows) {
  const before = ROWS.get(parent) ?? new Map();
  const after = new Map();
  const added = [];
  const news = [];
  let cursor = parent.firstElementChild;

  for (const row of rows) {
    const old = before.get(row.key);
    if (!old) added.push(row.key);
    const unchanged = old?.signature === row.signature;
    const node = unchanged ? old.node : row.render();
    if (node.textContent !== old?.node.textContent) news.push(node);
    if (old && !unchanged) {
      if (cursor === old.node) cursor = node;
      swap(old.node, node);
    }
    if (node === cursor) cursor = node.nextElementSibling;
    else parent.insertBefore(node, cursor);
    after.set(row.key, { node, signature: row.signature });
  }
  for (const [key, { node }] of before) if (!after.has(key)) node.remove();

  ROWS.set(parent, after);
  return { added, news };
}

function swap(old, node) {
  const restore = markFocus(old);
  old.replaceWith(node);
  restore(node);
}

/**
 * Remembers which control inside `root` has the focus, by its `data-focus` name, and where its
 * caret stands.
 *
 * @returns {(root: Element) => void} puts the focus on the control of that name under a new root
 */
export function markFocus(root) {
  const active = document.activeElement;
  if (!active || !root.contains(active)) return () => {};
  const name = active.closest("[data-focus]")?.dataset.focus;
  const caret = typeof active.selectionStart === "number" ? active.selectionStart : null;
  return (fresh) => {
    const target = findFocus(fresh, name);
    target?.focus({ preventScroll: true });
    if (caret !== null && target?.setSelectionRange) target.setSelectionRange(caret, caret);
  };
}

function findFocus(root, name) {
  const named = name && root.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (named) return named;
  return root.matches("[tabindex]") ? root : root.querySelector("[tabindex]");
}
