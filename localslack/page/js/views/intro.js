// What stands at the beginning of a conversation, and tells a newcomer what to do.

import { h, icon } from "../core/dom.js";

/**
 * @param {object} conversation without its messages, but `empty` if it has none
 * @param {{session: object, onCommand: (command: string) => void}} how `onCommand` puts a command
 *   into the composer
 */
export function renderIntro(conversation, { session, onCommand }) {
  const { directory, sidebar } = session.store.get();
  const dm = sidebar?.dms.find(({ id }) => id === conversation.id);
  return h(
    "div",
    { class: "intro" },
    h(
      "h2",
      {},
      dm ? dm.with.real_name : [icon(conversation.private ? "lock" : "hash"), conversation.name],
    ),
    h("p", {}, beginning(conversation, dm, directory)),
    conversation.empty &&
      directory.app?.commands?.length > 0 &&
      commandHint(directory.app, onCommand),
  );
}

function beginning(conversation, dm, directory) {
  if (dm?.with.is_app)
    return `This is the beginning of your conversation with ${dm.with.real_name}.`;
  if (dm)
    return `This is the beginning of your conversation with ${dm.with.real_name}. Nobody else sees it.`;
  const who = conversation.private
    ? "Only its members see this channel"
    : "Everybody can see this channel";
  const people = conversation.members.filter((id) => directory.person(id)).length;
  return `This is the beginning of the channel. ${who}: ${people} ${people === 1 ? "person" : "people"} so far.`;
}

function commandHint(app, onCommand) {
  const rows = app.commands.map(({ command, description }) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "command-chip", on: { click: () => onCommand(command) } },
        command,
      ),
      h("span", {}, description),
    ),
  );
  return h(
    "div",
    { class: "command-hint" },
    h("p", {}, `${app.name} listens here. Type:`),
    h("ul", {}, rows),
  );
}
