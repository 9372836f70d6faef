// Names and faces: who and what an id stands for.

export const SLACKBOT = "USLACKBOT";

/**
 * @param {object} boot answer of GET /client/boot
 * @param {object|null} me the present person
 * @param {object|null} sidebar their sidebar: the conversations they know of
 */
export function createDirectory(boot, me, sidebar) {
  const people = new Map(boot.people.map((person) => [person.id, person]));
  const groups = new Map(boot.groups.map((group) => [group.id, group]));
  const channels = new Map((sidebar?.channels ?? []).map((channel) => [channel.id, channel]));
  return {
    me: me?.id ?? null,
    app: boot.app,
    people: boot.people.filter((person) => !person.deactivated),
    channels: [...channels.values()],
    dms: sidebar?.dms ?? [],
    person: (id) => people.get(id) ?? null,
    byHandle: (handle) =>
      boot.people.find((person) => person.handle === handle || person.id === handle) ?? null,
    groups: boot.groups,
    group: (id) => groups.get(id) ?? null,
    channel: (id) => channels.get(id) ?? null,
    nameOf: (id) =>
      id === boot.app?.bot_user_id ? boot.app.name : (people.get(id)?.real_name ?? null),
  };
}

/** "Priya Shah" → "PS" */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

/** Black or white, whichever is easier to read on `colour` (WCAG relative luminance). */
export function inkOn(colour) {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? "");
  if (!channels) return "#fff";
  const [red, green, blue] = channels.slice(1).map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? "#10191d" : "#fff";
}

/** The word for a channel in the address; a channel called "home" goes by its id. */
export function channelSlug(channel) {
  return channel.name === "home" ? channel.id : channel.name;
}
