/* Sends along whose page a form was on, so that what was typed is kept for that person when the session is gone. */
const mark = document.getElementById("writer");
document.addEventListener("formdata", ({ target, formData }) => {
  if (mark && target.method === "post") formData.set(mark.dataset.name, mark.dataset.value);
});
