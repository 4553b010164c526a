// Keeps open what a librarian has opened on a card, while the card refreshes.
"use strict";
(function () {
  var open = null;
  function parts() { return document.querySelectorAll("#card details[data-part]"); }

  document.addEventListener("htmx:beforeSwap", function (event) {
    open = null;
    if (event.detail.target.id !== "card") { return; }
    open = {};
    parts().forEach(function (part) { open[part.dataset.part] = part.open; });
  });
  document.addEventListener("htmx:afterSwap", function () {
    if (!open) { return; }
    parts().forEach(function (part) {
      if (part.dataset.part in open) { part.open = open[part.dataset.part]; }
    });
    open = null;
  });
})();
