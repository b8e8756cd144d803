// Asks how far the import is and shows the page anew when the step ends. Without this, the link on the page does it.
const box = document.querySelector("[data-progress]");

async function ask() {
  const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const state = await answer.json();
  if (state.status !== box.dataset.status && !["waiting", "checking", "committing"].includes(state.status)) {
    location.reload();
    return;
  }
  box.querySelector("[data-words]").textContent = state.words;
  const bar = box.querySelector("progress");
  bar.max = state.total;
  bar.value = state.done;
  setTimeout(ask, 1000);
}

if (box) setTimeout(ask, 700);
