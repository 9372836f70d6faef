/**
 * Shows `node` as busy until `promise` settles. The control is not `disabled`: that would take the
 * focus from whoever pressed it.
 */
export async function whileBusy(node, promise) {
  node.setAttribute("aria-busy", "true");
  node.setAttribute("aria-disabled", "true");
  try {
    return await promise;
  } finally {
    node.removeAttribute("aria-busy");
    node.removeAttribute("aria-disabled");
  }
}

export function isBusy(node) {
  return node.getAttribute("aria-busy") === "true";
}
