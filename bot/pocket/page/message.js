// One message: bubble, media, inline keyboard.
import { element, icon } from "./elements.js";
import { link, words } from "./words.js";

const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function drawMessage(item, message, waiting, doing) {
  item.className = `message${message.from_bot ? "" : " own"}${message.buttons.length ? " keyed" : ""}`;
  const bubble = element("div", { class: "bubble" },
    message.forwarded_from ? element("p", { class: "from" }, `Forwarded from ${message.forwarded_from}`) : null,
    message.reply_to ? element("p", { class: "quoted" }, message.reply_to) : null,
    message.media ? media(message.media) : null,
    message.text ? words(message.text, message.entities, doing) : null,
    stamp(message),
  );
  item.replaceChildren(bubble, ...(message.buttons.length ? [keyboard(message, waiting, doing)] : []));
}

function stamp(message) {
  const when = new Date(message.date * 1000);
  return element("div", { class: "stamp" },
    message.edited ? element("span", {}, "edited") : null,
    element("time", { datetime: when.toISOString() }, clock.format(when)),
  );
}

function keyboard(message, waiting, doing) {
  return element("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" },
    ...message.buttons.map((row) => element("div", { class: "row" }, ...row.map((button) => key(message, button, waiting, doing)))),
  );
}

function key(message, button, waiting, doing) {
  const style = button.style ? ` ${button.style}` : "";
  if (button.url) {
    const made = link(button.url, doing);
    made.className = `key${style}`;
    made.append(button.text, icon("link"));
    return made;
  }
  const busy = waiting.some((tap) => tap.message_id === message.id && tap.label === button.text);
  return element("button", {
    class: `key${style}${busy ? " waiting" : ""}`, type: "button", dir: "auto",
    onclick: () => press(message, button, doing),
  }, button.text);
}

function press(message, button, doing) {
  if (button.callback_data) doing.tap(message.id, button.callback_data, button.text);
  else if (button.copy_text) navigator.clipboard?.writeText(button.copy_text.text);
  else doing.notice("This kind of button does nothing in a pocket.");
}

function media(content) {
  const lines = (title, detail) => element("span", {}, element("b", {}, title), detail ? element("small", {}, detail) : null);
  switch (content.kind) {
    case "photo": return element("div", { class: "media photo" }, icon("photo"), element("span", {}, "Photo"));
    case "voice": return element("div", { class: "media" }, icon("voice"), lines("Voice message", `0:0${content.duration}`));
    case "contact": return element("div", { class: "media" }, icon("contact"), lines(`${content.first_name} ${content.last_name ?? ""}`, content.phone_number));
    case "location": return element("div", { class: "media" }, icon("location"), lines("Location", `${content.latitude}, ${content.longitude}`));
    default: return element("a", { class: "media", href: `/pocket/files/${encodeURIComponent(content.file_id)}`, download: content.file_name },
      icon("document"), lines(content.file_name, size(content.file_size)));
  }
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
