// Leaves nothing of the desk behind: at signing out, and when the time on a shared computer is over.
"use strict";
(function () {
  var SHARED = "posoka:shared", DOOR = "/desk", SOON = 60000, NOTED = 60000;
  var others = "BroadcastChannel" in window ? new BroadcastChannel("posoka:desk") : null;
  var ends = document.getElementById("ends"), soon = document.getElementById("ends-soon");
  var timer = null, noted = 0;

  function forget() { sessionStorage.clear(); }
  function out() { forget(); location.replace(DOOR); }

  // A page that the browser kept aside may be of somebody who has left.
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  if (document.querySelector("[data-door]") && sessionStorage.getItem(SHARED)) { forget(); }

  document.addEventListener("submit", function (event) {
    if (event.target.getAttribute("action") !== "/desk/leave") { return; }
    forget();
    if (others) { others.postMessage("out"); }
  });
  if (others && document.querySelector("form[action='/desk/leave']")) {
    others.onmessage = function () { setTimeout(out, 500); };
  }

  var link = document.getElementById("link");
  if (link) { link.select(); }

  if (!ends) { return; }
  sessionStorage.setItem(SHARED, "1");

  function show(still) {
    if (!still) { return; }
    ends.querySelector("time").textContent = still.at;
    wait(still.left);
  }
  function ask(options) {
    return fetch("/desk/still", options).then(function (answer) {
      if (answer.status === 401) { out(); return null; }
      return answer.ok ? answer.json() : null;
    });
  }
  function wait(left) {
    clearTimeout(timer);
    soon.hidden = left > SOON;
    // Another window may have been used since: the service knows.
    timer = setTimeout(function () {
      ask().then(show, function () { if (left <= SOON) { out(); } else { wait(SOON); } });
    }, left > SOON ? left - SOON : left + 500);
  }
  wait(Number(ends.dataset.left));

  document.addEventListener("input", function () {
    if (Date.now() - noted < NOTED && soon.hidden) { return; }
    noted = Date.now();
    var form = new URLSearchParams();
    form.set("csrf", document.querySelector("[name=csrf]").value);
    ask({ method: "POST", body: form }).then(show, function () {});
  });
})();
