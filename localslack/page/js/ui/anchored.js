// Popups beside a control. They are shown in the browser's top layer, so neither a scrolling list
// nor a dialog cuts them off.

const GAP = 4;
const EDGE = 8;

/**
 * @param {HTMLElement} popup has `popover="manual"`
 * @param {HTMLElement} anchor
 * @param {{matchWidth?: boolean, alignEnd?: boolean}} [options]
 * @returns {() => void} hides it again
 */
export function showBeside(popup, anchor, { matchWidth = false, alignEnd = false } = {}) {
  const place = () => position(popup, anchor, { matchWidth, alignEnd });
  popup.showPopover();
  place();
  const resized = new ResizeObserver(place);
  resized.observe(popup);
  window.addEventListener("resize", place);
  document.addEventListener("scroll", place, true);
  return () => {
    resized.disconnect();
    window.removeEventListener("resize", place);
    document.removeEventListener("scroll", place, true);
    if (popup.isConnected && popup.matches(":popover-open")) popup.hidePopover();
  };
}

function position(popup, anchor, { matchWidth, alignEnd }) {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const upwards = below < Math.min(popup.scrollHeight, 200) && above > below;
  popup.style.maxHeight = `${Math.max(96, Math.min(upwards ? above : below, 360))}px`;
  popup.style.minWidth = matchWidth ? `${box.width}px` : "";
  const width = popup.offsetWidth;
  const wanted = alignEnd ? box.right - width : box.left;
  popup.style.left = `${Math.max(EDGE, Math.min(wanted, window.innerWidth - width - EDGE))}px`;
  popup.style.top = upwards ? `${box.top - GAP - popup.offsetHeight}px` : `${box.bottom + GAP}px`;
}
