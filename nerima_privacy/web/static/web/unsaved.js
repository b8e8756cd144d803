/* Asks before a page with something unsaved is left: forms marked data-unsaved. */
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
}
