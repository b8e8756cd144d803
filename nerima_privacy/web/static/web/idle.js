/* Warns two minutes before an idle session ends. Typing counts as being here; so does another tab of the site. */
const box = document.getElementById("idle");
if (box) watch(box);

function watch(box) {
  const limit = Number(box.dataset.seconds) * 1000;
  const early = Math.min(120_000, limit / 2);
  const form = box.querySelector("form");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("seen") : null;
  let seen = Date.now();
  let ended = false;

  const here = () => { seen = Date.now(); box.hidden = true; };
  const beat = async () => {
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual",
    }).catch(() => null);
    if (answer?.status === 204) { here(); tabs?.postMessage("seen"); } else if (answer) end();
  };
  const end = () => {
    ended = true;
    const words = box.querySelector("[data-words]");
    words.textContent = words.dataset.words;
    form.hidden = true;
    box.hidden = false;
  };

  tabs?.postMessage("seen");
  tabs?.addEventListener("message", here);
  form.addEventListener("submit", (event) => { event.preventDefault(); beat(); });
  document.addEventListener("input", () => { if (!ended && Date.now() - seen > limit / 6) { seen = Date.now(); beat(); } });
  setInterval(() => {
    if (ended) return;
    const left = seen + limit - Date.now();
    if (left <= 0) end();
    else if (left <= early && box.hidden) { box.setAttribute("role", "alert"); box.hidden = false; }
  }, 1000);
}
