/* A date, an article or a counted number never breaks over two lines, wherever it stands in a sentence. Without this
   script the words are the same and break where the line ends. */
const whole = /(?:(?:明治|大正|昭和|平成|令和)(?:\d+|元)年度?)?(?:\d+月\d+日)|(?:明治|大正|昭和|平成|令和)(?:\d+|元)年度?(?:\d+月)?|第\d+条(?:の\d+)?(?:第\d+項)?(?:第\d+号)?|\d{4}-\d{2}-\d{2}|\d+時\d+分|\d[\d,]*(?:人|件|名|枚|通|回|日|版|年|か月)/g;
const cells = new Set(["TD", "TH"]);
const apart = new Set(["SCRIPT", "STYLE", "TEXTAREA", "SELECT", "OPTION", "TITLE"]);

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) => (
  apart.has(node.parentNode.nodeName) || node.data.search(whole) < 0 ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_ACCEPT
));
const texts = [];
while (walker.nextNode()) texts.push(walker.currentNode);

/* In a grid or a flexible box each piece would become a box of its own. */
const isolates = (parent) => cells.has(parent.nodeName) || /flex|grid/.test(getComputedStyle(parent).display);
const plans = texts.map((text) => [text, isolates(text.parentNode)]);

for (const [text, isolated] of plans) {
  const pieces = isolated ? document.createElement("span") : document.createDocumentFragment();
  let from = 0;
  for (const found of text.data.matchAll(whole)) {
    const piece = document.createElement("span");
    piece.className = "unbroken";
    piece.textContent = found[0];
    pieces.append(text.data.slice(from, found.index), piece);
    from = found.index + found[0].length;
  }
  pieces.append(text.data.slice(from));
  text.replaceWith(pieces);
}
