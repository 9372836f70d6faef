// What blocks stand on: a message, a modal or the Home tab. It knows the controls drawn on it,
// sends their actions to the app, and keeps what people typed when a block is drawn anew.

import { fromState } from "../controls/initial.js";
import { plainString, renderText } from "../text/render.js";
import { askConfirm } from "../ui/confirm.js";

/**
 * @param {object} setup
 * @param {object} setup.directory names of people, channels and groups
 * @param {object} setup.api requests of the present person
 * @param {object} setup.target `{message: {channel, ts}}` or `{view_id}`
 * @param {object} [setup.state] Slack's `state`, what the server knows of the values
 * @param {string} [setup.headings] the tag of header blocks, one under the heading of the place
 * @param {(notice: string) => void} setup.onNotice something the person should be told
 * @param {(blockId: string) => void} [setup.onChange] something was typed or chosen in a block
 */
export function createSurface({
  directory,
  api,
  target,
  state,
  headings = "h3",
  onNotice,
  onChange = () => {},
}) {
  const controls = new Map();
  let snapshots = new Map();
  let known = state;

  const keyOf = (blockId, actionId) => `${blockId}/${actionId}`;

  /** @returns {Object<string, Object<string, any>>} simple values by block and action id */
  function values() {
    const all = {};
    for (const { blockId, actionId, control } of controls.values()) {
      if (control.read) (all[blockId] ??= {})[actionId] = control.read();
    }
    return all;
  }

  return {
    directory,
    headings,
    values,
    changed: onChange,

    /** Called by each control as it is drawn. */
    register(blockId, actionId, type, control) {
      controls.set(keyOf(blockId, actionId), { blockId, actionId, type, control });
    },

    /** What a control that is about to be drawn shall hold; undefined: what the app says. */
    kept(blockId, actionId, type) {
      const snapshot = snapshots.get(keyOf(blockId, actionId));
      if (snapshot?.type === type) return snapshot.held;
      const entry = known?.values?.[blockId]?.[actionId];
      return entry?.type === type ? fromState(entry) : undefined;
    },

    /** Before blocks are drawn anew: remembers what the controls hold, forgets those that go. */
    prepare(blocks, newState) {
      known = newState;
      snapshots = new Map();
      const ids = new Set(blocks.map((block) => block.block_id));
      for (const [key, { blockId, type, control }] of controls) {
        if (control.snapshot) snapshots.set(key, { type, held: control.snapshot() });
        if (!ids.has(blockId)) controls.delete(key);
      }
    },

    /** Before one block is drawn anew: its controls are no longer on the page. */
    forget(blockId) {
      for (const [key, entry] of controls) if (entry.blockId === blockId) controls.delete(key);
    },

    /** @returns {Object<string, string>} by block id, why a value can't be sent as it stands */
    problems() {
      const found = {};
      for (const { blockId, control } of controls.values()) {
        const problem = control.problem?.();
        if (problem) found[blockId] = problem;
      }
      return found;
    },

    /** The control of a block that takes the focus when something is wrong with the block. */
    controlOf: (blockId) =>
      [...controls.values()].find((entry) => entry.blockId === blockId)?.control ?? null,

    options: (blockId, actionId, query) =>
      api.options({ ...target, block_id: blockId, action_id: actionId, query }),

    /**
     * Tells the app, after asking where the app wants that asked.
     *
     * @returns {Promise<boolean>} false when the person thought better of it
     */
    async dispatch({ blockId, actionId, value, confirm }) {
      if (confirm && !(await askConfirm(asQuestion(confirm, directory)))) return false;
      try {
        const answer = await api.act({
          ...target,
          block_id: blockId,
          action_id: actionId,
          value,
          values: values(),
        });
        if (!answer.ok) onNotice(answer.notice);
      } catch (error) {
        onNotice(error.message);
      }
      return true;
    },
  };
}

function asQuestion({ title, text, confirm, deny, style }, directory) {
  return {
    title: plainString(title),
    text: renderText(text, directory),
    confirm: plainString(confirm),
    deny: plainString(deny),
    style,
  };
}
