/* On a phone the side menu starts folded; without this script it starts open, and nothing is lost. */
(() => {
  const fold = document.querySelector(".side details");
  const narrow = matchMedia("(max-width: 52rem)");
  const follow = () => { fold.open = !narrow.matches; };
  follow();
  narrow.addEventListener("change", follow);
})();
