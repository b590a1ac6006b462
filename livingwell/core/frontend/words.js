// Saves what somebody writes on their page while they write it, by sending the form as it would be sent by hand. What was
// heard, and help where the words speak of danger, come back with it. Without this, Next saves.

const form = document.querySelector("form[data-quiet]");
const field = form?.querySelector("textarea");
const word = form?.querySelector("[role=status]");
let saved = field?.defaultValue;
let timer;
let going = null;
let due = false;
let stopped = false;

function say(text) {
  if (word.textContent !== text) word.textContent = text;
}

function take(page) {
  form.elements.over.value = page.querySelector("#words [name=over]").value;
  for (const id of ["danger", "heard"]) {
    const here = document.getElementById(id);
    const there = page.getElementById(id);
    if (here.innerHTML !== there.innerHTML && !here.contains(document.activeElement)) {
      here.replaceChildren(...there.childNodes);
    }
  }
}

async function send() {
  const text = field.value;
  const body = new URLSearchParams(new FormData(form));
  body.set("quiet", "yes");
  const answer = await fetch(form.action, { method: "POST", body, keepalive: text.length < 20000 }).catch(() => null);
  if (answer?.status === 409) {
    stopped = true;
    say(word.dataset.both);
  } else if (answer?.ok && !answer.redirected) {
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    saved = text;
    say(field.value === saved ? word.dataset.saved : "");
  } else {
    say(word.dataset.not);
  }
}

async function save() {
  clearTimeout(timer);
  due = going !== null;
  if (due || stopped || field.value === saved) return;
  going = send();
  await going;
  going = null;
  if (due) save();
}

if (form) {
  const pause = Number(form.dataset.quiet);
  const soon = () => {
    say("");
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  field.addEventListener("input", soon);
  if (field.value !== saved) soon(); // typed before this script had come
  // Whoever goes on while a saving is under way waits for it: else they would meet their own words as somebody else's.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    stopped = true;
    if (!going) return;
    event.preventDefault();
    await going;
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
