"""A walk over the pages somebody is led to, one of each kind, and what is wrong with each."""

import re
from collections import Counter
from urllib.parse import urlsplit

# What is no page, and what leaves the session.
ELSEWHERE = re.compile(r"\.(pdf|xlsx|csv|json)$|/(excel|export)/$|/logout/")
# Pages that look different to each post: everybody who holds another one reads them anew.
PERSONAL = {
    *("/", "/files/", "/filings/", "/inbox/", "/units/", "/units/me/", "/editions/", "/board/", "/accident/"),
    *("/files/#/", "/filings/#/", "/ledgers/"),
    *("/systems/", "/systems/#/", "/systems/#/units/#/"),
}
LOOK = """() => ({
  headings: [...document.querySelectorAll('h1')].filter(e => e.getClientRects().length).length,
  links: [...document.querySelectorAll('a[href]')].map(a => a.href),
})"""
# Dates that stand on two lines: a line must not end between 月 and 日.
TORN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), torn = [];
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const around = text.parentElement;
    if (!around.checkVisibility() || around.closest('textarea, select, .visually-hidden')) continue;
    for (const found of text.data.matchAll(/(?:令和\\d+年)?\\d+月\\d+日/g)) {
      const range = document.createRange();
      range.setStart(text, found.index);
      range.setEnd(text, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) torn.push(found[0]);
    }
  }
  return torn;
}"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
NARROW = {390: "on a phone", 680: "at twice the size"}


def kind_of(path):
    """The kind of a page: its address with numbers and codes left out."""
    return re.sub(r"/\d+(?=/)", "/#", path)


class Walk:
    """One person's walk. `seen` counts over all walks how often a page of a kind, or of a kind and a post, was read."""

    def __init__(self, visitor, seen: Counter, post="", most=60):
        self.visitor, self.seen, self.post, self.most = visitor, seen, post, most
        self.own, self.queue, self.faults = set(), ["/"], []

    def walk(self):
        """Read what is new, follow its links; the faults, each with its page."""
        while self.queue and len(self.own) < self.most:
            path = self.queue.pop(0)
            kind = kind_of(path)
            if kind not in self.own and not self.seen[self.view(kind)]:
                self.own.add(kind)
                self.read(path, kind)
        return self.faults

    def view(self, kind):
        """What is read once: the kind, and the post too where it shows another page."""
        return (kind, self.post) if kind in PERSONAL else (kind, "")

    def read(self, path, kind):
        page = self.visitor.page
        answer = page.goto(self.visitor.site + path)
        found = page.evaluate(LOOK)
        for href in found["links"]:
            parts = urlsplit(href)
            if href.startswith(self.visitor.site) and not ELSEWHERE.search(parts.path):
                self.queue.append(parts.path)
        wrong = [] if answer.status == 200 else [f"answered {answer.status}"]
        if found["headings"] != 1:
            wrong.append(f"{found['headings']} headings of the first level")
        wrong += self.visitor.axe() + self.narrow()
        self.seen[self.view(kind)] += 1
        wrong += self.visitor.heard
        self.visitor.heard.clear()
        self.faults += [f"{path}: {what}" for what in wrong]

    def narrow(self):
        """Where the page runs out of a narrow window."""
        page, found = self.visitor.page, []
        ours = not urlsplit(page.url).path.startswith("/admin/")  # the administration lays its lines out itself
        for width, where in NARROW.items():
            page.set_viewport_size({"width": width, "height": 900})
            wider = page.evaluate(WIDER)
            if wider > 1:
                found.append(f"{wider}px too wide {where}")
            found += [f"{day} on two lines {where}" for day in page.evaluate(TORN) if ours]
        page.set_viewport_size({"width": 1360, "height": 900})
        return found
