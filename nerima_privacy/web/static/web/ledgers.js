/* The form of a ledger line: shows the columns the chosen kind has, marks those that must be filled, and is sent by
   Ctrl+Enter from anywhere in it. The next of several in a row begins where it differs from the one before. A new line shows no column before its kind is chosen, so that a phone has it on one
   screen. Without the script every column is there and the server says what is missing. */
const form = document.querySelector("form[data-ledger]");
const kinds = JSON.parse(document.getElementById("ledger-kinds")?.textContent ?? "{}");

function mark(column, must) {
  const label = column.querySelector("label");
  const said = label?.querySelector(".must");
  if (must && label && !said) {
    const word = document.createElement("span");
    word.className = "must";
    word.textContent = "必須";
    label.append(word);
  } else if (!must) {
    said?.remove();
  }
}

/* Whether a new line has no kind yet, and nothing typed that would be out of sight. */
function waits() {
  const typed = (column) => Boolean(column.querySelector("input, select, textarea")?.value);
  return form.dataset.ledger === "write" && ![...form.querySelectorAll("[data-column]")].some(typed);
}

function show() {
  const chosen = kinds[form.querySelector("input[name=kind]:checked")?.value];
  const waiting = !chosen && waits();
  const said = form.querySelector("[data-waiting]");
  if (said) said.hidden = !waiting;
  for (const column of form.querySelectorAll("[data-column]")) {
    const name = column.dataset.column;
    column.hidden = chosen ? !chosen.has.includes(name) : waiting;
    mark(column, Boolean(chosen?.must.includes(name)));
    const text = name === "place" && column.querySelector("label")?.firstChild;
    if (text && text.nodeType === Node.TEXT_NODE && chosen) text.textContent = chosen.place[0];
  }
}

if (form) {
  form.addEventListener("change", (event) => { if (event.target.name === "kind") show(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  show();
  if (form.dataset.ledger === "write" && !form.querySelector("[aria-invalid=true]")) {
    const chosen = form.querySelector("input[name=kind]:checked");
    const empty = [...form.querySelectorAll("[data-column]:not([hidden]) :is(input, select, textarea)")].find((field) => !field.value);
    ("follows" in form.dataset && chosen && empty ? empty : chosen ? form.querySelector("button[data-kind=go]") : form.querySelector("input[name=kind]"))?.focus({ preventScroll: true });
  }
}
