import { h, icon } from "../core/dom.js";
import { renderMrkdwn } from "../text/render.js";
import { personAvatar } from "../ui/avatar.js";
import { openMenu } from "../ui/menu.js";
import { appTabs } from "./app-tabs.js";
import { drawerButton } from "./drawer.js";

const FACES = 3;

/** Name, topic and members of the conversation that is shown. */
export function conversationHeader(session) {
  const { conversation, directory } = session.store.get();
  const dm = directory.dms.find(({ id }) => id === conversation.id);
  const title = dm
    ? [dm.with.real_name, dm.with.is_app && h("span", { class: "app-badge" }, "APP")]
    : [icon(conversation.private ? "lock" : "hash"), conversation.name];
  return h(
    "header",
    { class: "view-header" },
    drawerButton(),
    h(
      "div",
      { class: "view-title" },
      h("h1", { tabindex: "-1" }, title),
      conversation.topic &&
        h(
          "div",
          { class: "topic rich", title: conversation.topic },
          renderMrkdwn(conversation.topic, directory),
        ),
      dm && !dm.with.is_app && h("div", { class: "topic" }, directory.person(dm.with.id)?.title),
    ),
    dm?.with.is_app && appTabs(session, "messages"),
    !dm && membersButton(conversation, session),
  );
}

/** Who is here; choosing one is becoming them. */
function membersButton({ members }, session) {
  const { directory } = session.store.get();
  const people = members.map(directory.person).filter(Boolean);
  const items = people.map((person) => ({
    label: person.real_name,
    about: person.title,
    picture: personAvatar(person),
    choose: () => {
      location.hash = `#/${person.handle}`;
    },
  }));
  const node = h(
    "button",
    {
      type: "button",
      class: "members",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `${people.length} ${people.length === 1 ? "member" : "members"}: become one of them`,
      on: { click: () => items.length && openMenu(node, items, "Become a member of this channel") },
    },
    h("span", { class: "faces" }, people.slice(0, FACES).map(personAvatar)),
    h("span", {}, String(people.length)),
  );
  return node;
}
