// Block Kit on the page. https://docs.slack.dev/reference/block-kit/blocks

import { unsupported } from "../controls/index.js";
import { actions, input } from "./interactive.js";
import { context, divider, header, image, section } from "./layout.js";
import { richText } from "./rich-text.js";

const RENDERERS = { section, header, divider, context, image, actions, input, rich_text: richText };

/** @returns {HTMLElement} */
export function renderBlock(block, surface) {
  return (RENDERERS[block.type] ?? (() => unsupported(block.type)))(block, surface);
}

/** The rows for `updateRows` that show `blocks`: those that did not change keep what is in them. */
export function blockRows(blocks, surface) {
  return blocks.map((block) => ({
    key: block.block_id,
    signature: JSON.stringify(block),
    render: () => {
      surface.forget(block.block_id);
      return renderBlock(block, surface);
    },
  }));
}
