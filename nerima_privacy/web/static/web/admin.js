// The boxes Django fills while one types carry no name of their own: each part takes the words of the field's label.
const PARTS = ".select2-selection, .select2-selection [role=textbox], .select2-selection input";

function nameBoxes() {
  for (const label of document.querySelectorAll("label[for]")) {
    const box = document.querySelector(`#${CSS.escape(label.htmlFor)} ~ .select2`);
    if (!box) continue;
    label.id ||= `${label.htmlFor}_label`;
    for (const part of box.querySelectorAll(PARTS)) {
      const named = part.getAttribute("aria-labelledby") ?? "";
      if (!named.includes(label.id)) part.setAttribute("aria-labelledby", `${label.id} ${named}`.trim());
    }
  }
}

new MutationObserver(nameBoxes).observe(document.documentElement, { childList: true, subtree: true });
nameBoxes();
