// Keeps a list of messages where its reader is: at the newest, or wherever they scrolled to.

const NEAR = 48;

/**
 * @param {HTMLElement} scroller
 * @param {HTMLElement} content its one growing child
 * @param {(isAway: boolean) => void} onAway called when the reader leaves or reaches the newest
 */
export function stickToNewest(scroller, content, onAway = () => {}) {
  let pinned = true;

  const toNewest = () => {
    scroller.scrollTop = scroller.scrollHeight;
    setPinned(true);
  };

  function setPinned(value) {
    if (pinned === value) return;
    pinned = value;
    onAway(!pinned);
  }

  const look = () =>
    setPinned(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR);
  scroller.addEventListener("scroll", look, { passive: true });
  // Pictures that load late, and a composer that grows, must not push the newest out of sight.
  const resized = new ResizeObserver(() => pinned && toNewest());
  resized.observe(content);
  resized.observe(scroller);

  return {
    toNewest,
    /** Whether the reader is at the newest; to be asked before the content changes. */
    isPinned() {
      look();
      return pinned;
    },
  };
}
