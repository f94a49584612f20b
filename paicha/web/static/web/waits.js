// A form whose answer takes a while says so and is sent once; without scripts it is a form like any other.
const waiting = document.querySelectorAll("form[data-waits]");

for (const form of waiting) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = form.querySelector("button[type=submit]");
    button.dataset.words = button.textContent;
    button.textContent = `${form.dataset.waits}，请等一等…`;
    button.setAttribute("aria-disabled", "true");
  });
}

// By the Back button one comes to the page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of waiting) {
    const button = form.querySelector("button[type=submit]");
    if (form.dataset.sent) button.textContent = button.dataset.words;
    button.removeAttribute("aria-disabled");
    delete form.dataset.sent;
  }
});
