// The app's Home tab.

import { blockRows } from "../blocks/index.js";
import { createSurface } from "../blocks/surface.js";
import { fill, h } from "../core/dom.js";
import { updateRows } from "../core/keyed.js";
import { toast } from "../ui/toast.js";
import { appTabs } from "./app-tabs.js";
import { drawerButton } from "./drawer.js";

export function createHomeView(session) {
  const header = h("div", { class: "header-slot" });
  const body = h("div", { class: "home-body" });
  const empty = h("div", { class: "empty-state" });
  const node = h(
    "div",
    { class: "home" },
    header,
    h(
      "div",
      { class: "scroller", tabindex: "-1" },
      h("div", { class: "home-column" }, body, empty),
    ),
  );
  let surface = null;
  let shown = null;
  let headerOf = "";

  function update({ home, directory, me }) {
    drawHeader(directory, me);
    empty.hidden = home !== null;
    fill(
      empty,
      h("h2", {}, `${directory.app.name} has nothing here yet`),
      h("p", {}, "What the app publishes for you on its Home tab shows here."),
    );
    const key = home && `${me.id}/${home.id}`;
    if (key !== shown) surface = key && newSurface(home, directory);
    shown = key;
    surface?.prepare(home.blocks, home.state);
    updateRows(
      body,
      home
        ? blockRows(home.blocks, surface).map((row) => ({ ...row, key: `${key}/${row.key}` }))
        : [],
    );
  }

  function newSurface(home, directory) {
    return createSurface({
      directory,
      api: session.api(),
      target: { view_id: home.id },
      headings: "h2",
      onNotice: toast,
    });
  }

  function drawHeader(directory, me) {
    const signature = JSON.stringify([me.id, directory.dms.map(({ id }) => id)]);
    if (signature === headerOf) return;
    headerOf = signature;
    const title = h(
      "div",
      { class: "view-title" },
      h("h1", { tabindex: "-1" }, directory.app.name, h("span", { class: "app-badge" }, "APP")),
    );
    fill(
      header,
      h("header", { class: "view-header" }, drawerButton(), title, appTabs(session, "home")),
    );
  }

  return { node, update };
}
