// What is still readable in the history: the privacy view.
import { element } from "./elements.js";

const STATES = { readable: "readable", gone: "gone for everyone", hidden: "gone on this phone only" };

export function drawHistory(place, phone, remove) {
  const count = (state) => phone.history.filter((trace) => trace.state === state).length;
  const editedAway = phone.history.reduce((sum, trace) => sum + trace.earlier.length, 0);
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const scrolled = place.scrollTop;
  const figure = (name, number) => element("div", {}, element("dt", {}, name), element("dd", {}, String(number)));
  place.replaceChildren(
    element("h3", {}, "What is still readable"),
    element("p", {}, "What somebody would find who opens this chat now. Struck out: deleted, or edited away."),
    element("dl", {},
      figure("readable", count("readable")), figure("gone", count("gone") + count("hidden") + editedAway), figure("calls by the bot", phone.calls)),
    element("ol", {}, ...phone.history.toReversed().map((trace) => row(trace, phone, remove))),
  );
  place.scrollTop = scrolled;
  if (focused) (place.querySelector(`[data-id="${focused}"]`) ?? place).focus({ preventScroll: true });
}

function row(trace, phone, remove) {
  const who = trace.from_bot ? phone.bot.name : phone.person.name;
  return element("li", { class: trace.state },
    element("div", { class: "who" },
      who,
      element("span", { class: "state" }, STATES[trace.state]),
      trace.state === "readable"
        ? element("button", { class: "remove", type: "button", "data-id": trace.id, "aria-label": `Delete on this phone: ${trace.text.slice(0, 60)}`, onclick: () => remove(trace.id) }, "Delete")
        : null,
    ),
    element("p", { class: "text", dir: "auto" }, trace.text),
    ...trace.earlier.toReversed().map((text) => element("p", { class: "earlier", dir: "auto" }, text.length > 90 ? `${text.slice(0, 90)}…` : text)),
  );
}
