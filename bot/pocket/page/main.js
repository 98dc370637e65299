// The table: listens to the pocket, keeps one phone per person, adds phones, opens links on them.
import { element, post } from "./elements.js";
import { Phone } from "./phone.js";

const shelf = document.getElementById("shelf");
const presence = document.getElementById("presence");
const organise = document.getElementById("organise");
const lost = document.getElementById("lost");
const phones = new Map();
let toShow = null;

function show(view) {
  // Only a bot that offers the command makes organisations for whoever asks.
  organise.hidden = !view.commands.some((one) => one.command === "organisation");
  const known = phones.get(view.person.id);
  if (known) { known.draw(view); return; }
  const phone = new Phone(view, chooseWhereToOpen);
  phones.set(view.person.id, phone);
  shelf.append(phone.whole);
  [...phones.values()].forEach((one, at) => countPhone(one, at, phones.size));
  phone.chat.toEnd();
  if (toShow === view.person.id) reveal(phone);
}

function reveal(phone) {
  toShow = null;
  phone.whole.scrollIntoView({ inline: "center", block: "nearest" });
  phone.whole.querySelector(".wide:not([hidden]), textarea").focus({ preventScroll: true });
}

// On a narrow window one phone shows at a time; its header says that there are others beside it.
function countPhone(phone, at, all) {
  if (phone) phone.place.textContent = all > 1 ? `${at + 1} of ${all}` : "";
}

function general({ phones: ids, bot_is_there: there }) {
  for (const [id, phone] of phones) if (!ids.includes(id)) { phone.whole.remove(); phones.delete(id); }
  ids.forEach((id, at) => countPhone(phones.get(id), at, ids.length));
  const words = there ? "The bot is connected" : "Waiting for the bot";
  if (presence.textContent !== words) presence.textContent = words;
  presence.classList.toggle("there", there);
}

function listen() {
  const stream = new EventSource("/pocket/stream");
  stream.addEventListener("open", () => { lost.hidden = true; });
  stream.addEventListener("error", () => {
    lost.hidden = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
  stream.addEventListener("general", (event) => general(JSON.parse(event.data)));
  stream.addEventListener("message", (event) => show(JSON.parse(event.data)));
  addEventListener("pagehide", () => stream.close(), { once: true });
}

// `first` is what its owner does at once: an action and its details.
async function newPhone(called, language_code, first) {
  const made = await post("people", { name: called, language_code });
  if (first) await post(`people/${made.person_id}/${first.action}`, first.details);
  const phone = phones.get(made.person_id);
  if (phone) reveal(phone);
  else toShow = made.person_id;
}

const adding = document.getElementById("adding");
const name = document.getElementById("name");
let firstOnTheNewPhone = null;
function addPhone(first) {
  firstOnTheNewPhone = first;
  name.value = "";
  adding.showModal();
}
document.getElementById("add").addEventListener("click", () => addPhone(null));
document.getElementById("adding-cancel").addEventListener("click", () => adding.close());
adding.querySelector("form").addEventListener("submit", () => newPhone(name.value, document.getElementById("language").value, firstOnTheNewPhone));

const organising = document.getElementById("organising");
const organisation = document.getElementById("organisation");
const administrator = document.getElementById("administrator");
organise.addEventListener("click", () => {
  organisation.value = "";
  administrator.value = "Dee, administrator";
  organising.showModal();
});
document.getElementById("organising-cancel").addEventListener("click", () => organising.close());
organising.querySelector("form").addEventListener("submit", () => {
  const text = `/organisation ${document.getElementById("nation").value} ${organisation.value}`;
  newPhone(administrator.value, "en", { action: "say", details: { text } });
});

const opening = document.getElementById("opening");
function chooseWhereToOpen(payload) {
  const choice = (label, open) => element("button", { type: "button", onclick: () => { opening.close(); open(); } }, label);
  const choices = [...phones.values()].map((phone) => choice(
    [phone.view.person.name, phone.view.person.note].filter(Boolean).join(", "),
    () => { phone.do("start", { payload }); reveal(phone); },
  ));
  const another = choice("A new phone", () => addPhone({ action: "start", details: { payload } }));
  document.getElementById("opening-phones").replaceChildren(...choices, another);
  opening.showModal();
}

listen();
