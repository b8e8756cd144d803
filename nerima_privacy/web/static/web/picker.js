/* Suggestions under a text field while it is typed: the combobox pattern of WAI-ARIA. Without this script the field
   takes a number, a code or a whole name. What an answer says is put in as text, never as HTML. */
const DELAY = 200;

class Picker {
  constructor(box) {
    this.box = box;
    this.field = box.querySelector("input");
    this.popup = box.querySelector(".picker-popup");
    this.list = this.popup.querySelector("ul");
    this.status = box.querySelector("[role=status]");
    this.rows = [];
    this.active = -1;
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) this.field.setAttribute(name, value);
    this.listen();
  }

  listen() {
    this.field.addEventListener("input", (event) => { if (!event.isComposing && !this.choosing) this.soon(); });
    this.field.addEventListener("compositionend", () => this.soon());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("[role=option]");
      if (line) this.choose([...this.list.children].indexOf(line));
    });
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), DELAY);
  }

  async ask() {
    this.asking?.abort();
    const typed = this.field.value.trim();
    if (!typed) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(...this.question(typed));
      if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) return this.close();
      this.show(await answer.json());
    } catch (fault) {
      if (fault.name !== "AbortError") this.close();
    }
  }

  question(typed) {
    const url = new URL(this.box.dataset.url, location.href);
    const options = { method: this.box.dataset.method, signal: this.asking.signal, headers: { Accept: "application/json" } };
    if (options.method === "POST") {
      options.headers["X-CSRFToken"] = document.querySelector("[name=csrfmiddlewaretoken]").value;
      options.body = new URLSearchParams({ q: typed });
    } else {
      url.searchParams.set("q", typed);
    }
    return [url, options];
  }

  show({ rows, more }) {
    if (document.activeElement !== this.field) return;
    this.rows = rows;
    this.list.replaceChildren(...rows.map((row, index) => this.line(row, index)));
    const found = more ? `はじめの${rows.length}件です。続けて書くとしぼれます。` : `候補${rows.length}件`;
    const said = rows.length ? found : this.box.dataset.nothing;
    this.popup.querySelector("p").textContent = said;
    this.status.textContent = rows.length ? `${said}　上下の矢印キーで選べます。` : said;
    this.popup.hidden = false;
    this.field.setAttribute("aria-expanded", String(rows.length > 0));
    this.mark(-1);
  }

  line(row, index) {
    const line = document.createElement("li");
    const detail = document.createElement("small");
    line.id = `${this.list.id}_${index}`;
    line.setAttribute("role", "option");
    line.append(row.text, detail);
    detail.textContent = row.detail;
    return line;
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === index)));
    const line = this.list.children[index];
    if (!line) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.popup.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && open && this.rows.length) {
      const places = this.rows.length + 1; // one of them is the field itself
      this.mark(((this.active + 1 + step + places) % places) - 1);
    } else if (step === 1 && !open) {
      this.ask();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      this.choose(this.active);
    } else if (event.key === "Escape" && open) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  choose(index) {
    this.field.value = this.rows[index].value;
    this.choosing = true;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.choosing = false;
    this.close();
    this.status.textContent = `${this.rows[index].text}を選びました。`;
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.popup.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.mark(-1);
  }
}

for (const box of document.querySelectorAll(".picker")) new Picker(box);
