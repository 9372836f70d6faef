// The people of the local Slack live in London, whatever zone the browser is in.

export const ZONE = "Europe/London";

const DAY = 86_400;

const WALL_CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/**
 * What clocks and calendars in London show.
 *
 * @param {number} unix seconds
 * @returns {{year: string, month: string, day: string, hour: string, minute: string, second: string}}
 */
export function londonParts(unix) {
  const parts = WALL_CLOCK.formatToParts(new Date(unix * 1000));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** Unix seconds → the value of an `<input type="datetime-local">`. */
export function toLocalInput(unix) {
  const { year, month, day, hour, minute } = londonParts(unix);
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

/** Unix seconds → the day in London, `YYYY-MM-DD`. */
export function londonDay(unix) {
  return toLocalInput(unix).slice(0, 10);
}

/**
 * The value of an `<input type="datetime-local">`, read as London time.
 *
 * When clocks go back an hour comes twice: the earlier one is taken, so that a deadline counted
 * from it is never too late. When clocks go forward an hour is missing: its times are read with
 * the offset that gives the earlier instant, for the same reason.
 *
 * @param {string} text `YYYY-MM-DDTHH:MM`
 * @returns {{unix: number, clock: "plain"|"repeated"|"skipped"}|null} null when it is no date
 */
export function fromLocalInput(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute) / 1000;
  const offsets = [...new Set([offsetAt(wall - DAY), offsetAt(wall + DAY)])];
  const instants = offsets
    .map((offset) => wall - offset)
    .filter((unix) => wall - unix === offsetAt(unix));
  if (instants.length === 0) return { unix: wall - Math.max(...offsets), clock: "skipped" };
  return { unix: Math.min(...instants), clock: instants.length > 1 ? "repeated" : "plain" };
}

/** Seconds that London is ahead of UTC. */
function offsetAt(unix) {
  const { year, month, day, hour, minute, second } = londonParts(unix);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - unix;
}
