// The table: listens to the pocket, keeps one phone per person, adds phones.
import { element, post } from "./elements.js";
import { Phone } from "./phone.js";

const shelf = document.getElementById("shelf");
const presence = document.getElementById("presence");
const lost = document.getElementById("lost");
const phones = new Map();
let toShow = null;

function show(view) {
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

const adding = document.getElementById("adding");
const name = document.getElementById("name");
document.getElementById("add").addEventListener("click", () => { name.value = ""; adding.showModal(); });
document.getElementById("adding-cancel").addEventListener("click", () => adding.close());
adding.querySelector("form").addEventListener("submit", async () => {
  const made = await post("people", { name: name.value, language_code: document.getElementById("language").value });
  const phone = phones.get(made.person_id);
  if (phone) reveal(phone);
  else toShow = made.person_id;
});

const opening = document.getElementById("opening");
function chooseWhereToOpen(payload) {
  const choices = [...phones.values()].map((phone) => element("button", {
    type: "button",
    onclick: () => { opening.close(); phone.do("start", { payload }); reveal(phone); },
  }, [phone.view.person.name, phone.view.person.note].filter(Boolean).join(", ")));
  document.getElementById("opening-phones").replaceChildren(...choices);
  opening.showModal();
}

listen();
