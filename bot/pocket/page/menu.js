// A small menu at a button: arrow keys move, Escape closes, a choice closes and gives the focus back.
import { element, icon } from "./elements.js";

export class Menu {
  constructor(button, place, where, choices) {
    this.button = button;
    this.place = place;
    this.where = where;
    this.choices = choices;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (this.list ? this.close(true) : this.open()));
    document.addEventListener("pointerdown", (event) => {
      if (this.list && !this.list.contains(event.target) && !button.contains(event.target)) this.close(false);
    });
  }

  open() {
    const choices = this.choices();
    this.list = element("ul", { class: `menu ${this.where}`, "aria-label": this.button.getAttribute("aria-label"), onkeydown: (event) => this.move(event) });
    if (typeof choices === "string") this.list.append(element("li", {}, element("p", { tabindex: "-1" }, choices)));
    else this.list.append(...choices.map((choice) => this.item(choice)));
    this.list.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.list?.contains(event.relatedTarget) && event.relatedTarget !== this.button) this.close(false);
    });
    this.place.append(this.list);
    this.button.setAttribute("aria-expanded", "true");
    this.list.querySelector("button, p").focus();
  }

  item(choice) {
    return element("li", {}, element("button", {
      type: "button", class: choice.danger ? "danger" : "",
      onclick: () => { this.close(true); choice.act(); },
    },
    choice.icon ? icon(choice.icon) : null,
    choice.slash ? element("span", { class: "slash" }, choice.slash) : null,
    choice.what ? element("span", { class: "what" }, choice.what) : choice.label ?? null));
  }

  move(event) {
    const buttons = [...this.list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") this.close(true);
    else if (next === undefined || !buttons.length) return;
    else buttons.at(next % buttons.length).focus();
    event.preventDefault();
  }

  close(giveBack) {
    const list = this.list;
    this.list = null;
    list?.remove();
    this.button.setAttribute("aria-expanded", "false");
    if (giveBack) this.button.focus();
  }
}
