import { h } from "../core/dom.js";
import { stamp } from "../time/stamp.js";
import { avatarOf } from "../ui/avatar.js";

const FACES = 3;

/** "3 replies", with the faces of who replied. */
export function threadLink(message, session) {
  const { directory } = session.store.get();
  const count = message.reply_count;
  const faces = (message.reply_users ?? [])
    .slice(0, FACES)
    .map((user) => avatarOf({ user, name: directory.nameOf(user) ?? "?" }, directory));
  return h(
    "a",
    {
      class: "thread-link",
      href: session.here(message.ts),
      data: { focus: `thread/${message.ts}` },
    },
    h("span", { class: "faces" }, faces),
    h("span", { class: "thread-count" }, `${count} ${count === 1 ? "reply" : "replies"}`),
    message.latest_reply &&
      h(
        "span",
        { class: "thread-latest" },
        "Last reply ",
        stamp(Number(message.latest_reply), "{ago}"),
      ),
  );
}
