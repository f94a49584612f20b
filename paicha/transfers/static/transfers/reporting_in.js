// Choosing an organisation that others reported in to fills its contact and phone (as a mask; the site knows what it
// hides), unless something else is typed there. Without scripts the list below the form does it.
const form = document.querySelector("#report-in");
const data = document.querySelector("#filling");

if (form && data) {
  const earlier = JSON.parse(data.textContent);
  const { organization, contact, phone, like } = form.elements;
  let filled = ["", ""];
  const fill = () => {
    const found = earlier.find((one) => one[1] === organization.value.trim());
    if (!found || contact.value !== filled[0] || phone.value !== filled[1]) return;
    like.value = found[0];
    filled = [found[2], found[3]];
    [contact.value, phone.value] = filled;
  };
  organization.addEventListener("input", fill);
  fill(); // whoever types while the page still loads is quicker than this
}
