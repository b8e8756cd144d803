/* Sends along whose page a form was on, so that what was typed is kept for that person when the session is gone. The
   method is read from the mark-up: where a field is called "method", form.method is that field. */
const mark = document.getElementById("writer");
document.addEventListener("formdata", ({ target, formData }) => {
  if (mark && target.getAttribute("method")?.toLowerCase() === "post") formData.set(mark.dataset.name, mark.dataset.value);
});
