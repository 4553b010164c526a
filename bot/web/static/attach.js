// A file to the librarian, sent without leaving the page. It is not kept in the browser: where it
// did not arrive, the person hears why and sends it again.
(function () {
  "use strict";
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("#attach")) return;
    event.preventDefault();
    const chosen = form.elements.file, button = form.querySelector("button");
    const told = form.querySelector(".told");
    if (button.disabled || !chosen.files.length) return;
    button.disabled = true;
    told.textContent = "";
    try {
      const answer = await fetch("/file", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new FormData(form),
      });
      const said = await answer.json().catch(() => ({}));
      if (said.stored) {
        document.dispatchEvent(new CustomEvent("posoka:sent", { detail: said.shown }));
        // The next file is another one: with the same key it would be taken for this one.
        form.elements.key.value = said.key;
        chosen.value = "";
        form.querySelector("details").open = false;
      } else {
        told.textContent = said.error || form.dataset.noLink;
      }
    } catch (error) {
      told.textContent = form.dataset.noLink;
    }
    button.disabled = false;
    if (told.textContent) told.scrollIntoView({ block: "center" });
  });
})();
