/**
 * Gives a field its focus back after a dialog was taken away. Chromium has given it the focus
 * already, but loses its caret with the removed dialog, so that nothing can be typed: leaving and
 * entering the field sets the caret again.
 */
export function refocus(node) {
  node.blur();
  node.focus({ preventScroll: true });
}
