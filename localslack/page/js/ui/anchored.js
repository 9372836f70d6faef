// Popups beside a control. They are shown in the browser's top layer, so neither a scrolling list
// nor a dialog cuts them off.

const GAP = 4;
const EDGE = 8;

/**
 * @param {HTMLElement} popup has `popover="manual"`
 * @param {HTMLElement} anchor
 * @param {{matchWidth?: boolean}} [options]
 * @returns {() => void} hides it again
 */
export function showBeside(popup, anchor, { matchWidth = false } = {}) {
  const place = () => position(popup, anchor, matchWidth);
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

function position(popup, anchor, matchWidth) {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  const heights = [popup, ...popup.children].map((node) => node.scrollHeight);
  const upwards = below < Math.min(Math.max(...heights), 200) && above > below;
  popup.style.maxHeight = `${Math.max(96, Math.min(upwards ? above : below, 360))}px`;
  popup.style.minWidth = matchWidth ? `${box.width}px` : "";
  const width = popup.offsetWidth;
  popup.style.left = `${Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE))}px`;
  popup.style.top = upwards ? `${box.top - GAP - popup.offsetHeight}px` : `${box.bottom + GAP}px`;
}
