// Where the choices of a select come from.

import { plainString } from "../text/render.js";
import { personAvatar } from "../ui/avatar.js";

/**
 * @typedef {object} Source
 * @property {(query: string) => Promise<{groups: import("./popup-list.js").Group[], message: string}>} load the choices that fit
 * @property {number} restMs how long a pause in typing is awaited before it is asked
 * @property {(value: string) => import("./popup-list.js").Option|null} find the choice of that value, where known
 */

const NOTHING_FITS = "Nothing fits.";

/** @returns {Source} */
export function sourceFor(element, context) {
  const { directory } = context.surface;
  const kind = element.type.replace(/^multi_/, "");
  if (kind === "external_select") return externalSource(element, context);
  if (kind === "users_select")
    return listSource([{ label: null, options: directory.people.map(personOption) }]);
  if (kind === "channels_select")
    return listSource([{ label: null, options: publicChannels(directory) }]);
  if (kind === "conversations_select") return listSource(conversationGroups(element, directory));
  return listSource(staticGroups(element));
}

function listSource(groups) {
  return {
    restMs: 0,
    find: (value) =>
      groups.flatMap((group) => group.options).find((option) => option.value === value) ?? null,
    load: async (query) => {
      const fitting = groups
        .map((group) => ({
          ...group,
          options: group.options.filter((option) => fits(option, query)),
        }))
        .filter((group) => group.options.length);
      return { groups: fitting, message: fitting.length ? "" : NOTHING_FITS };
    },
  };
}

function fits(option, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${option.label} ${option.description ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Block Kit's option → ours. */
export function fromSlackOption(option) {
  return {
    value: option.value,
    label: plainString(option.text),
    description: option.description ? plainString(option.description) : undefined,
  };
}

function staticGroups({ options, option_groups: groups }) {
  if (!groups) return [{ label: null, options: (options ?? []).map(fromSlackOption) }];
  return groups.map((group) => ({
    label: plainString(group.label),
    options: group.options.map(fromSlackOption),
  }));
}

function personOption(person) {
  return {
    value: person.id,
    label: person.real_name,
    description: person.title,
    picture: () => personAvatar(person),
  };
}

function channelOption(channel) {
  return {
    value: channel.id,
    label: `#${channel.name}`,
    description: channel.private ? "private" : undefined,
  };
}

function publicChannels(directory) {
  return directory.channels.filter((channel) => !channel.private).map(channelOption);
}

/** `filter.include` of a conversations select: which kinds of conversation it offers. */
function conversationGroups({ filter }, directory) {
  const kinds = filter?.include ?? ["public", "private", "im"];
  const channels = directory.channels.filter((channel) =>
    kinds.includes(channel.private ? "private" : "public"),
  );
  const dms = kinds.includes("im")
    ? directory.dms.filter((dm) => !(filter?.exclude_bot_users && dm.with.is_app))
    : [];
  return [
    { label: "Channels", options: channels.map(channelOption) },
    {
      label: "Direct messages",
      options: dms.map((dm) => ({ value: dm.id, label: dm.with.real_name })),
    },
  ].filter((group) => group.options.length);
}

/** Slack asks the app after three letters unless the element says otherwise. */
const MIN_QUERY_LENGTH = 3;

function externalSource(element, { surface, blockId }) {
  const seen = new Map();
  const shortest = element.min_query_length ?? MIN_QUERY_LENGTH;
  return {
    restMs: 150,
    find: (value) => seen.get(value) ?? null,
    load: async (query) => {
      if (query.trim().length < shortest) return { groups: [], message: typeMore(shortest) };
      const answer = await surface.options(blockId, element.action_id, query);
      const groups = staticGroups(answer);
      for (const option of groups.flatMap((group) => group.options)) seen.set(option.value, option);
      return { groups, message: groups.some((group) => group.options.length) ? "" : NOTHING_FITS };
    },
  };
}

function typeMore(shortest) {
  return `Type at least ${shortest} ${shortest === 1 ? "letter" : "letters"} to search.`;
}
