// Conveniences; every page works without them.
"use strict";

// On a wide screen what is chosen in a list opens beside it, on a small one as a page of its own.
const panel = document.getElementById("panel");
const isWide = window.matchMedia("(min-width: 72rem)");

function open(link) {
  document.querySelectorAll("[data-buka][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  htmx.ajax("GET", link.href, { target: "#panel", swap: "innerHTML" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-buka]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link && panel && isWide.matches && plain) {
    event.preventDefault();
    open(link);
  }
});

const tray = document.querySelector(".trays a[aria-current]");
if (tray) tray.scrollIntoView({ block: "nearest", inline: "center" });

// j and k walk along a list, as in a reader of mail; Enter opens, as with any link.
function isTyping(element) {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const links = [...document.querySelectorAll("a[data-buka]")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? 0 : at + step];
  if (next) next.focus();
});

// What was opened or saved beside the list is read from its beginning.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target !== panel) return;
  panel.scrollTop = 0;
  const first = panel.querySelector(".fault, .notice");
  (first || panel).focus({ preventScroll: true });
  prepare(panel);
});

// The list itself stands still under the reader; that it is old is said.
document.addEventListener("htmx:sseMessage", () => {
  const hint = document.getElementById("berubah");
  if (hint) hint.hidden = false;
});

// New messages of an escalation appear by themselves. A poll does not count as use of the session.
const EVERY = 5000;

function refresh(list) {
  const address = list.dataset.segarkan;
  const lost = document.querySelector("[data-terputus]");
  let shown = null;

  // Lines are added one by one: a screen reader reads what is new, not all of it again.
  function show(lines) {
    const part = document.createElement("template");
    part.innerHTML = lines;
    const known = new Map([...list.querySelectorAll("[data-baris]")].map((line) => [line.dataset.baris, line]));
    const found = [...part.content.querySelectorAll("[data-baris]")];
    if (found.length) list.querySelectorAll(".line-none").forEach((none) => none.remove());
    found.forEach((line) => {
      const before = known.get(line.dataset.baris);
      if (!before) list.append(line);
      else if (before.innerHTML !== line.innerHTML) before.replaceChildren(...line.childNodes);
    });
    if (found.some((line) => !known.has(line.dataset.baris))) list.scrollTop = list.scrollHeight;
  }

  async function look() {
    if (document.hidden) return;
    if (!list.isConnected) return clearInterval(timer);
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const lines = await answer.text();
      if (shown !== null && lines !== shown) show(lines);
      shown = lines;
      if (lost) lost.hidden = true;
    } catch {
      if (lost) lost.hidden = false;
    }
  }

  const timer = setInterval(look, EVERY);
  look();
  document.addEventListener("visibilitychange", look);
}

function prepare(part) {
  part.querySelectorAll("[data-segarkan]").forEach(refresh);
  part.querySelectorAll(".lines").forEach((list) => { list.scrollTop = list.scrollHeight; });
}

prepare(document);

// A form is sent once, also when the button is pressed twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopPropagation();
  }
  form.dataset.sent = "yes";
}, true);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) delete form.dataset.sent;
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Where scripts run, a button prints; the menu of the browser does anyway.
document.querySelectorAll("[data-cetak]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

const fault = document.querySelector(".fault, .notice");
if (fault) fault.focus();
