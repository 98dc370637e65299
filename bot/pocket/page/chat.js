// The list of messages on a phone: kept in step without stealing focus or place.
import { element } from "./elements.js";
import { drawMessage } from "./message.js";

const NEAR_THE_END = 60;

export class Chat {
  constructor(doing, atEndChanged) {
    this.doing = doing;
    this.items = new Map();
    this.drawn = new Map();
    this.first = true;
    this.list = element("ol", { class: "chat", "aria-label": "Messages", tabindex: "0" });
    this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions text" }, this.list);
    this.list.addEventListener("scroll", () => atEndChanged(this.atEnd()), { passive: true });
    new ResizeObserver(() => { if (this.stuck !== false) this.toEnd(); }).observe(this.list);
    this.list.addEventListener("scroll", () => { this.stuck = this.atEnd(); }, { passive: true });
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.stuck = true;
  }

  draw(phone) {
    const stay = !this.first && this.stuck === false && !this.ownNews(phone);
    const focus = this.rememberFocus();
    const kept = new Set(phone.messages.map((message) => message.id));
    for (const [id, item] of this.items) if (!kept.has(id)) this.remove(id, item);
    this.welcome(phone);
    for (const message of phone.messages) this.put(message, phone.waiting.filter((tap) => tap.message_id === message.id));
    this.restoreFocus(focus);
    if (!stay) this.toEnd();
    this.first = false;
  }

  ownNews(phone) {
    const newest = phone.messages.at(-1);
    return newest && !newest.from_bot && !this.items.has(newest.id);
  }

  put(message, waiting) {
    const drawing = JSON.stringify([message, waiting]);
    let item = this.items.get(message.id);
    if (!item) {
      item = element("li", { tabindex: "-1" });
      this.items.set(message.id, item);
      this.list.append(item);
      drawMessage(item, message, waiting, this.doing);
      if (!this.first) item.classList.add("fresh");
    } else if (this.drawn.get(message.id) !== drawing) {
      drawMessage(item, message, waiting, this.doing);
    }
    this.drawn.set(message.id, drawing);
  }

  remove(id, item) {
    item.remove();
    this.items.delete(id);
    this.drawn.delete(id);
  }

  rememberFocus() {
    const active = document.activeElement;
    for (const [id, item] of this.items) {
      if (item.contains(active)) return { id, label: active === item ? null : active.textContent };
    }
    return null;
  }

  // A redrawn message keeps the focus on the button of the same name; when that is gone, on the message itself,
  // so that the next Tab reaches its new first button; when the message is gone, on the newest one.
  restoreFocus(focus) {
    if (!focus) return;
    const item = this.items.get(focus.id) ?? [...this.items.values()].at(-1);
    if (!item) { this.list.focus(); return; }
    if (item.contains(document.activeElement)) return;
    const same = [...item.querySelectorAll("a, button")].find((one) => one.textContent === focus.label);
    (same ?? item).focus({ preventScroll: true });
  }

  welcome(phone) {
    const shown = this.list.querySelector(".empty");
    if (phone.messages.length) { shown?.remove(); return; }
    const title = phone.started ? "No messages here" : `What can ${phone.bot.name} do?`;
    const text = phone.started
      ? "The history on this phone is empty."
      : phone.bot.description || `${phone.bot.name} helps you decide whether to share information about someone you work with. Press START to begin.`;
    const card = element("li", { class: "empty" },
      element("img", { src: "icon.svg", alt: "" }), element("h3", {}, title), element("p", {}, text));
    if (shown?.textContent !== card.textContent) { shown?.remove(); this.list.append(card); }
  }
}
