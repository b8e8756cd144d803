/* Shows how a list typed one item a line will be printed, while it is typed. The server shows the same when saved. */
for (const preview of document.querySelectorAll("[data-numbered]")) {
  const field = document.getElementById(preview.dataset.numbered);
  const target = preview.querySelector("span");
  const plain = "plain" in preview.dataset;
  field?.addEventListener("input", () => {
    const items = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    target.textContent = items.map((item, index) => (plain ? item : `${index + 1}${item}`)).join("、") || "―";
  });
}
