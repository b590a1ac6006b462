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

// "Keep this" without leaving the page. Should that not work, the form is sent as it would be without script.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-keep]");
  if (!button || !navigator.cookieEnabled) return;
  event.preventDefault();
  const wanted = button.name === "keep";
  const said = await fetch("/my-list/keep/", {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ [button.name]: button.value }),
  })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  if (!said || said.kept !== wanted) {
    button.form.requestSubmit(button);
    return;
  }
  for (const each of document.querySelectorAll(`button[data-keep][value="${button.value}"]`)) {
    each.name = wanted ? "unkeep" : "keep";
    for (const word of each.querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== each.name;
  }
  const place = document.querySelector("[data-my-list]");
  place.hidden = said.number === 0;
  place.querySelector("[data-kept-number]").textContent = `(${said.number})`;
});

// "Make this a step" without leaving the page, so that an answer to a story stays. Else the form is sent as without script.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-make-step] button");
  if (!button) return;
  event.preventDefault();
  const said = await fetch(button.formAction, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(button.form),
  })
    .then((answer) => (answer.ok && !answer.redirected ? answer.json() : null))
    .catch(() => null);
  if (!said) {
    button.form.requestSubmit(button);
    return;
  }
  const place = button.parentElement;
  const link = place.querySelector("template").content.cloneNode(true);
  link.querySelector("a").href = said.address;
  place.querySelector("[data-made]").append(link);
  button.hidden = true;
  place.querySelector("a").focus();
});

// A map is fetched when somebody opens it. Should that not work, the sketch that is there already stays.
for (const map of document.querySelectorAll("[data-map]")) {
  const details = map.querySelector("details");
  details.addEventListener("toggle", () => {
    if (details.open) import(map.dataset.module).then((module) => module.show(map)).catch(() => {});
  });
  for (const way of document.querySelectorAll(`a[href="#${map.id}"]`)) {
    way.addEventListener("click", () => {
      details.open = true;
      details.querySelector("summary").focus({ preventScroll: true });
    });
  }
}
