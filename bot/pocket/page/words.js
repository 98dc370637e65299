// Text with Telegram's entities. Offsets are UTF-16 units, which is what a string's index is here.
import { element } from "./elements.js";

const PLAIN = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function words(text, entities, doing) {
  const whole = element("div", { class: "words", dir: "auto" });
  const waiting = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(whole, text, waiting, 0, text.length, doing);
  return whole;
}

function fill(parent, text, waiting, from, to, doing) {
  let at = from;
  while (waiting.length && waiting[0].offset < to) {
    const entity = waiting.shift();
    if (entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    parent.append(text.slice(at, entity.offset));
    const inner = wrap(entity, text.slice(entity.offset, end), doing);
    fill(inner, text, waiting, entity.offset, end, doing);
    parent.append(inner);
    at = end;
  }
  parent.append(text.slice(at, to));
}

function wrap(entity, covered, doing) {
  if (PLAIN[entity.type]) return element(PLAIN[entity.type]);
  switch (entity.type) {
    case "text_link": return link(entity.url, doing);
    case "url": return link(covered, doing);
    case "email": return link(`mailto:${covered}`, doing);
    case "bot_command": return element("button", { class: "command", type: "button", onclick: () => doing.say(covered) });
    case "spoiler": return spoiler();
    default: return element("span");
  }
}

function spoiler() {
  const open = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    if (!made.classList.contains("open")) event.preventDefault();
    made.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) made.removeAttribute(name);
  };
  const made = element("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, open it", onclick: open, onkeydown: open,
  });
  return made;
}

export function link(address, doing) {
  let parsed = null;
  try { parsed = new URL(address); } catch { return element("span"); }
  const payload = startPayload(parsed, doing.username);
  if (payload !== null) {
    // A link to this very bot is opened on a phone here; on the real Telegram there is no such bot.
    return element("a", { href: "#", onclick: (event) => { event.preventDefault(); doing.open(payload); } });
  }
  if (!["http:", "https:", "mailto:", "tel:"].includes(parsed.protocol)) return element("span");
  return element("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" });
}

function startPayload(parsed, username) {
  const same = (name) => name?.toLowerCase() === username.toLowerCase();
  if (["t.me", "telegram.me"].includes(parsed.hostname) && same(parsed.pathname.slice(1))) return parsed.searchParams.get("start") ?? "";
  if (parsed.protocol === "tg:" && same(parsed.searchParams.get("domain"))) return parsed.searchParams.get("start") ?? "";
  return null;
}
