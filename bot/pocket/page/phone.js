// A phone: one person's view of the bot, and what that person can do.
import { Chat } from "./chat.js";
import { element, icon, post } from "./elements.js";
import { drawHistory } from "./history.js";
import { Menu } from "./menu.js";

const ATTACHABLE = [
  ["photo", "Photo"], ["voice", "Voice message"], ["document", "Document"],
  ["contact", "Contact"], ["location", "Location"], ["forward", "Forwarded message"],
];
const TOAST_MS = 3200;

export class Phone {
  constructor(view, openLink) {
    this.id = view.person.id;
    this.answered = new Set(view.answers.map((answer) => answer.id));
    this.doing = {
      username: view.bot.username,
      say: (text) => this.do("say", { text }),
      tap: (message_id, data, label) => this.do("tap", { message_id, data, label }),
      open: openLink,
      notice: (text) => this.notice(text),
    };
    this.build(view);
    this.draw(view);
  }

  build(view) {
    const name = view.person.name;
    const round = (symbol, label, extra = {}) => element("button", { class: "round", type: "button", "aria-label": label, title: label, ...extra }, icon(symbol));
    this.chat = new Chat(this.doing, (atEnd) => { this.newest.hidden = atEnd; });
    this.chat.log.setAttribute("aria-label", `${name}'s chat with ${view.bot.name}`);
    this.history = element("section", { class: "history", "aria-label": `What is still readable in ${name}'s chat`, tabindex: "0", hidden: true });
    this.status = element("span");
    this.title = element("strong");
    this.eye = round("eye", "What is still readable in the history", { "aria-pressed": "false", onclick: () => this.toggleHistory() });
    const more = round("more", "More");
    this.newest = round("down", "To the newest message", { onclick: () => { this.chat.toEnd(); this.chat.list.focus(); } });
    this.newest.classList.add("newest");
    this.newest.hidden = true;
    this.field = element("textarea", {
      rows: "1", placeholder: "Message", "aria-label": `Message from ${name}`, enterkeyhint: "send", autocomplete: "off", dir: "auto",
      oninput: () => this.sendable(), onkeydown: (event) => this.enter(event),
    });
    this.go = round("send", "Send", { onclick: () => this.send() });
    this.go.classList.add("go");
    const commands = round("menu", "Commands");
    const attach = round("clip", "Attach");
    this.start = element("button", { class: "wide", type: "button", onclick: () => this.begin() }, "START");
    this.unblock = element("div", {},
      element("p", { class: "blocked-note" }, `${name} has blocked the bot.`),
      element("button", { class: "wide calm", type: "button", onclick: () => this.do("unblock") }, "Unblock"));
    this.composer = element("div", { class: "composer" }, commands, attach, this.field, this.go);
    this.foot = element("div", { class: "foot" }, this.start, this.unblock, this.composer);
    this.toast = element("p", { class: "toast", role: "status", hidden: true });
    this.glass = element("div", { class: "glass" },
      element("div", { class: "bar" },
        element("img", { src: "icon.svg", alt: "", width: "40", height: "40" }),
        element("div", { class: "bar-words" }, this.title, this.status), this.eye, more),
      element("div", { class: "middle" }, this.chat.log, this.history, this.newest),
      this.foot, this.toast);
    this.place = element("p", { class: "place" });
    this.whole = element("article", { class: "phone", "aria-label": `${name}'s phone` },
      element("header", { class: "owner" }, element("h2", {}, name), element("p", {}, view.person.note), this.place),
      element("div", { class: "case" }, this.glass));
    this.moreMenu = new Menu(more, this.glass, "below", () => this.moreChoices());
    this.commandMenu = new Menu(commands, this.foot, "above full", () => this.commandChoices());
    this.attachMenu = new Menu(attach, this.foot, "above", () =>
      ATTACHABLE.map(([kind, label]) => ({ icon: kind, label, act: () => this.do("send", { kind }) })));
    this.sendable();
  }

  commandChoices() {
    if (!this.view.commands.length) return "The bot has not set any commands yet.";
    return this.view.commands.map((one) => ({ slash: `/${one.command}`, what: one.description, act: () => this.do("say", { text: `/${one.command}` }) }));
  }

  moreChoices() {
    return [
      { icon: "document", label: "Clear history on this phone", act: () => this.do("clear") },
      this.view.blocked
        ? { icon: "contact", label: "Unblock the bot", act: () => this.do("unblock") }
        : { icon: "contact", label: "Block the bot", danger: true, act: () => this.do("block") },
    ];
  }

  async do(action, details = {}) {
    try {
      await post(`people/${this.id}/${action}`, details);
    } catch (error) {
      this.notice(error.message);
    }
  }

  async begin() {
    await this.do("start");
    this.field.focus();
  }

  enter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  send() {
    const text = this.field.value;
    if (!text.trim()) return;
    this.field.value = "";
    this.sendable();
    this.field.focus();
    this.do("say", { text });
  }

  sendable() {
    this.go.disabled = !this.field.value.trim();
  }

  toggleHistory() {
    const open = this.history.hidden;
    this.history.hidden = !open;
    this.chat.log.hidden = open;
    this.eye.setAttribute("aria-pressed", String(open));
    if (open) { this.newest.hidden = true; this.draw(this.view); } else this.chat.toEnd();
  }

  draw(view) {
    this.view = view;
    this.title.textContent = view.bot.name;
    this.chat.draw(view);
    if (!this.history.hidden) drawHistory(this.history, view, (message_id) => this.do("delete", { message_id }));
    this.showTyping(view.typing);
    const hadFocus = this.foot.contains(document.activeElement);
    this.start.hidden = view.started;
    this.unblock.hidden = !view.blocked || !view.started;
    this.composer.hidden = !view.started || view.blocked;
    if (hadFocus && !this.foot.contains(document.activeElement)) (view.blocked ? this.unblock.lastChild : this.field).focus();
    for (const answer of view.answers) this.answer(answer);
  }

  showTyping(seconds) {
    clearTimeout(this.typing);
    this.status.textContent = seconds > 0 ? "typing…" : "bot";
    this.status.className = seconds > 0 ? "typing" : "";
    if (seconds > 0) this.typing = setTimeout(() => this.showTyping(0), seconds * 1000);
  }

  answer(answer) {
    if (this.answered.has(answer.id)) return;
    this.answered.add(answer.id);
    if (answer.text && answer.show_alert) this.alert(answer.text);
    else if (answer.text) this.notice(answer.text);
  }

  notice(text) {
    clearTimeout(this.fading);
    this.toast.textContent = text;
    this.toast.hidden = false;
    this.fading = setTimeout(() => { this.toast.hidden = true; }, TOAST_MS);
  }

  // Only this phone waits for its alert; the other phones go on. It takes the focus only from its own phone.
  alert(text) {
    const before = document.activeElement;
    const close = () => { veil.remove(); if (this.whole.contains(before)) before.focus(); };
    const fine = element("button", { type: "button", onclick: close }, "OK");
    const veil = element("div", { class: "veil" },
      element("div", { class: "alert", role: "alertdialog", "aria-label": `Message from ${this.view.bot.name}` },
        element("h3", {}, this.view.bot.name), element("p", { dir: "auto" }, text), fine));
    veil.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Tab") event.preventDefault();
    });
    this.glass.append(veil);
    if (this.whole.contains(before)) fine.focus();
  }
}
