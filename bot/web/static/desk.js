// Asks before a conversation is closed, and keeps what is being written over a reload.
"use strict";
document.addEventListener("submit", function (event) {
  var sure = event.target.getAttribute("data-sure");
  if (sure && !window.confirm(sure)) { event.preventDefault(); return; }
  var area = event.target.querySelector("textarea");
  if (area) { sessionStorage.removeItem(location.pathname + "#" + area.id); }
});
document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("form textarea").forEach(function (area) {
    var name = location.pathname + "#" + area.id;
    if (!area.value) { area.value = sessionStorage.getItem(name) || ""; }
    area.addEventListener("input", function () { sessionStorage.setItem(name, area.value); });
    area.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { area.form.requestSubmit(); }
    });
  });
});
