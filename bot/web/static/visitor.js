// Asks before a visit is ended, prints, and lets no page of a visit come back from memory.
"use strict";
(function () {
  document.addEventListener("submit", function (event) {
    var sure = event.target.getAttribute("data-sure");
    if (sure && !window.confirm(sure)) { event.preventDefault(); }
  });

  var print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }

  // A browser may keep a page that was left as it was: it is asked for anew, and hidden meanwhile.
  window.addEventListener("pagehide", function () { document.documentElement.style.visibility = "hidden"; });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); } else { document.documentElement.style.visibility = ""; }
  });
})();
