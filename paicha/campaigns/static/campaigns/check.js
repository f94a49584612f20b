// One member's check by the keyboard. Enter on the button takes the proposal (that needs no script); a held key takes
// nothing, so that each person is decided by a press of one's own. Digits choose a verdict, Escape leaves.
const form = document.getElementById("check");
const typing = (element) => element.matches("input[type=date], input[type=text], textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.repeat && event.target.matches("button")) {
    event.preventDefault();
  } else if (event.key === "Escape" && event.target.matches("input[type=date]")) {
    window.location.assign(form.dataset.back);
  } else if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) {
    return;
  } else if (event.key === "Escape") {
    window.location.assign(form.dataset.back);
  } else {
    const choice = form.querySelector(`input[name=verdict][data-key="${CSS.escape(event.key)}"]`);
    if (!choice) return;
    choice.checked = true;
    document.getElementById("reason").focus();
    event.preventDefault();
  }
});
