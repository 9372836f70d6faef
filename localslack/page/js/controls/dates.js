// datepicker, timepicker, datetimepicker: the browser's own fields, read as London time.

import { freshId, h } from "../core/dom.js";
import { fromLocalInput, toLocalInput } from "../time/london.js";
import { formatSlackDate } from "../time/slackdate.js";
import { describeBy } from "./describe.js";

const SETTLED_MS = 900;
const EARLIEST_YEAR = 1900;

export function datePicker(element, context) {
  return dateControl(context, {
    type: "date",
    value: keptOr(context, element.initial_date) ?? "",
    read: (text) => text || null,
    incomplete: "Please enter a full date.",
    note: (text) => written(`${text}T12:00`, "{date_short}"),
  });
}

export function timePicker(element, context) {
  return dateControl(context, {
    type: "time",
    value: keptOr(context, element.initial_time) ?? "",
    read: (text) => text.slice(0, 5) || null,
    incomplete: "Please enter a full time.",
    note: () => "London time",
  });
}

export function dateTimePicker(element, context) {
  const unix = keptOr(context, element.initial_date_time);
  return dateControl(context, {
    type: "datetime-local",
    value: unix ? toLocalInput(unix) : "",
    read: (text) => fromLocalInput(text)?.unix ?? null,
    incomplete: "Please enter a full date and time.",
    note: (text) => `${written(text, "{date_short}, {time}")} London time`.trim(),
    remark: clockChange,
  });
}

function keptOr(context, initial) {
  return context.kept === undefined ? initial : context.kept;
}

/** Written out, so that nobody takes 11/12 for the wrong month where the browser is not British. */
function written(text, template) {
  const read = fromLocalInput(text);
  const half = text.startsWith("0"); // the year's first digits, while it is typed
  return read && !half ? formatSlackDate(read.unix, template) : "";
}

/** An hour that comes twice or not at all is worth a word. */
function clockChange(text) {
  const { clock } = fromLocalInput(text) ?? {};
  if (clock === "repeated")
    return "Clocks went back: this time came twice that night. The earlier one is taken.";
  if (clock === "skipped")
    return "Clocks went forward: this time did not exist that night. An hour earlier is taken.";
  return "";
}

function dateControl(context, { type, value, read, incomplete, note, remark = () => "" }) {
  const field = h("input", { ...context.attributes, type, class: "text-field date-field", value });
  const noted = h("span", { id: freshId("written"), class: "written" }, note(value));
  const said = h("span", { class: "clock-change", role: "status" }, remark(value));
  describeBy(field, noted.id);
  const node = h("div", { class: "date-control" }, field, noted, said);

  field.addEventListener("input", () => {
    noted.textContent = note(field.value);
    said.textContent = remark(field.value);
    context.changed();
  });
  if (context.dispatches)
    dispatchWhenSettled(field, () => context.commit(read(field.value), field));

  return {
    node,
    field,
    read: () => read(field.value),
    snapshot: () => read(field.value),
    problem: () => (field.validity.badInput ? incomplete : null),
  };
}

/**
 * A date field changes with every digit of the year; what is sent is the date at which the person
 * stops: on Enter, on leaving, or after a moment's rest.
 */
function dispatchWhenSettled(field, send) {
  let sent = field.value;
  let rest = null;
  const settle = () => {
    clearTimeout(rest);
    const year = Number(/^(\d{4,})-/.exec(field.value)?.[1] ?? EARLIEST_YEAR);
    if (field.value === sent || field.validity.badInput || year < EARLIEST_YEAR) return;
    sent = field.value;
    send();
  };
  field.addEventListener("change", () => {
    clearTimeout(rest);
    rest = setTimeout(settle, SETTLED_MS);
  });
  field.addEventListener("blur", settle);
  field.addEventListener("keydown", (event) => event.key === "Enter" && settle());
}
