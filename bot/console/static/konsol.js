// Conveniences; every page works without them.
"use strict";

// New messages of an escalation appear by themselves. A poll does not count as use of the session.
const EVERY = 5000;

function refresh(list) {
  const address = list.dataset.segarkan;
  const lost = document.querySelector("[data-terputus]");
  let shown = null;

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const lines = await answer.text();
      if (shown !== null && lines !== shown) {
        list.innerHTML = lines;
        list.scrollTop = list.scrollHeight;
      }
      shown = lines;
      if (lost) lost.hidden = true;
    } catch {
      if (lost) lost.hidden = false;
    }
  }

  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}

document.querySelectorAll("[data-segarkan]").forEach(refresh);
document.querySelectorAll(".lines").forEach((list) => { list.scrollTop = list.scrollHeight; });

// A form is sent once, also when the button is pressed twice.
document.querySelectorAll('form[method="post"]').forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Where scripts run, a button prints; the menu of the browser does anyway.
document.querySelectorAll("[data-cetak]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

const fault = document.querySelector(".fault");
if (fault) fault.focus();
