const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Slack escapes these three and no others. */
export function unescape(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);
}
