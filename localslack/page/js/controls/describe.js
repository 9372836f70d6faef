/** Adds an element to those whose text describes `field` to screen readers. */
export function describeBy(field, id) {
  const ids = [field.getAttribute("aria-describedby"), id].filter(Boolean);
  field.setAttribute("aria-describedby", ids.join(" "));
}
