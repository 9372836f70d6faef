/** The tab's title: who one is, where, and how much is unread. */
export function createTitle() {
  return {
    update({ me, conversation, place, sidebar, directory }) {
      if (!me) return;
      const all = [...(sidebar?.channels ?? []), ...(sidebar?.dms ?? [])];
      const unread = all.reduce((sum, item) => sum + item.unread, 0);
      const dm = directory.dms.find(({ id }) => id === place?.id);
      const here =
        place?.kind === "home"
          ? `${directory.app.name} Home`
          : (dm?.with.real_name ?? (conversation ? `#${conversation.name}` : ""));
      document.title = [unread ? `(${unread}) ${here}` : here, me.real_name, "Local Slack"]
        .filter(Boolean)
        .join(" · ");
    },
  };
}
