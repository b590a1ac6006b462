// What a page does better with script. Every page works without it.

// A page that comes back with something to put right starts there, for people who cannot see it.
const summary = document.querySelector("[data-module='nhsuk-error-summary']");
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// Escape closes the strip with the urgent numbers and goes back to its handle.
const urgent = document.querySelector(".lw-urgent > details");
urgent?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && urgent.open) {
    urgent.open = false;
    urgent.querySelector("summary").focus();
  }
});

// Buttons that only make sense with script, such as "Print this", are shown when there is some.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A second, impatient press sends a form no second time. Going back to the page frees it.
for (const form of document.querySelectorAll("form[data-once]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
}
