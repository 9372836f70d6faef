// Who one is, and one's conversations.

import { channelSlug } from "../core/directory.js";
import { fill, h, icon } from "../core/dom.js";
import { updateRows } from "../core/keyed.js";
import { personAvatar } from "../ui/avatar.js";
import { openMenu } from "../ui/menu.js";

/** @param {HTMLElement} nav */
export function createSidebar(session, nav) {
  const you = h("div", { class: "you" });
  const channels = sectionNode("Channels");
  const dms = sectionNode("Direct messages", newMessageButton(session));
  const apps = sectionNode("Apps");
  fill(nav, you, h("div", { class: "sidebar-lists" }, channels.node, dms.node, apps.node));

  function update({ me, sidebar, directory, place, boot }) {
    if (!me) return;
    fill(you, youAre(me, boot.team));
    if (!sidebar) return;
    const current = place?.kind === "home" ? "home" : place?.id;
    channels.update(sidebar.channels.map((channel) => channelRow(channel, session, current)));
    dms.update(sidebar.dms.map((dm) => dmRow(dm, session, current, directory)));
    apps.update(directory.app ? [homeRow(directory.app, session, current)] : []);
  }

  return { update };
}

function youAre(me, team) {
  return [
    h("p", { class: "team" }, team.name),
    h(
      "div",
      { class: "you-card" },
      personAvatar(me),
      h(
        "div",
        {},
        h("p", { class: "you-are" }, "You are ", h("strong", {}, me.real_name)),
        h("p", { class: "you-title" }, me.title),
      ),
    ),
  ];
}

function sectionNode(title, button = null) {
  const list = h("ul");
  const node = h(
    "section",
    { class: "sidebar-section" },
    h("div", { class: "section-head" }, h("h2", {}, title), button),
    list,
  );
  return {
    node,
    update(rows) {
      node.hidden = rows.length === 0 && !button;
      updateRows(list, rows);
    },
  };
}

function row({ key, word, picture, name, note, unread = 0, current }, session) {
  const href = session.addressOf(word);
  const isHere = current === key;
  return {
    key,
    signature: JSON.stringify([href, name, note, unread, isHere]),
    render: () =>
      h(
        "li",
        {},
        h(
          "a",
          {
            class: unread ? "place unread" : "place",
            href,
            "aria-current": isHere ? "page" : null,
            data: { focus: `place/${key}` },
          },
          picture(),
          h(
            "span",
            { class: "place-name" },
            name,
            note && h("span", { class: "place-note" }, ` ${note}`),
          ),
          unread > 0 && unreadBadge(unread),
        ),
      ),
  };
}

function unreadBadge(count) {
  return h(
    "span",
    { class: "badge" },
    count > 99 ? "99+" : String(count),
    h("span", { class: "visually-hidden" }, " unread"),
  );
}

function channelRow(channel, session, current) {
  const picture = () => icon(channel.private ? "lock" : "hash");
  return row(
    {
      key: channel.id,
      word: channelSlug(channel),
      picture,
      name: channel.name,
      unread: channel.unread,
      current,
    },
    session,
  );
}

function dmRow(dm, session, current, directory) {
  const person = directory.person(dm.with.id);
  const picture = () => (person ? personAvatar(person) : icon("app"));
  const note = dm.with.is_app ? "App" : null;
  return row(
    { key: dm.id, word: dm.id, picture, name: dm.with.real_name, note, unread: dm.unread, current },
    session,
  );
}

function homeRow(app, session, current) {
  return row(
    {
      key: "home",
      word: "home",
      picture: () => icon("home"),
      name: app.name,
      note: "Home",
      current,
    },
    session,
  );
}

function newMessageButton(session) {
  const node = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "New direct message",
      title: "New direct message",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      on: { click: () => openMenu(node, recipients(session), "Write to") },
    },
    icon("plus"),
  );
  return node;
}

function recipients(session) {
  const { directory, me } = session.store.get();
  const people = directory.people
    .filter(({ id }) => id !== me.id)
    .map((person) => ({
      label: person.real_name,
      about: person.title,
      picture: personAvatar(person),
      choose: () => session.openDm(person.id),
    }));
  const app = {
    label: directory.app.name,
    about: "App",
    picture: icon("app"),
    choose: () => session.openDm(directory.app.bot_user_id),
  };
  return [app, ...people];
}
