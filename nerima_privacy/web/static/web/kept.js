/* Puts back what was typed before the session ended, into the form it belonged to. */
const block = document.getElementById("kept");
if (block) restore(JSON.parse(block.textContent));

function restore(kept) {
  const names = new Set(kept.fields.map(([name]) => name));
  const known = (form) => [...form.elements].filter((element) => names.has(element.name)).length;
  // Read from the mark-up: where a field is called "method" or "action", form.method and form.action are that field.
  const sent = (form) => form.getAttribute("method")?.toLowerCase() === "post"
    && new URL(form.getAttribute("action") || location.href, location.href).pathname === kept.action;
  const forms = [...document.forms].filter((form) => sent(form) && known(form));
  const form = forms.sort((a, b) => known(b) - known(a))[0];
  if (!form) return;
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const element of form.elements) fill(element, values);
  const words = document.getElementById("kept-words");
  words.textContent = words.dataset.done;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function fill(element, values) {
  if (!element.name || element.name === "csrfmiddlewaretoken" || ["file", "password", "submit", "hidden"].includes(element.type)) return;
  const typed = values.get(element.name);
  if (element.type === "checkbox" || element.type === "radio") {
    element.checked = Boolean(typed?.includes(element.value));
  } else if (element instanceof HTMLSelectElement) {
    if (typed) for (const option of element.options) option.selected = typed.includes(option.value);
  } else if (typed && "value" in element) {
    element.value = typed.shift();
  }
}
