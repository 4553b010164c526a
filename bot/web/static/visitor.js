// Asks before a visit is ended, prints, and lets no page of a visit stand when its time is over: not
// in another tab, not after a sign-out, not from the browser's memory.
"use strict";
(function () {
  var BASE = "/desk/visitor", SOON = 60000, NOTED = 20000, LOOK = 10000, OUT = 700, SENT = 20000, leaving = 0;
  var root = document.documentElement, living = document.getElementById("living");
  function cover() { root.style.visibility = "hidden"; }
  function uncover() { root.style.visibility = ""; }
  function go(to) { cover(); window.location.replace(to); }
  function channel(name) { return "BroadcastChannel" in window ? new BroadcastChannel(name) : null; }
  var tabs = channel("posoka:visit"), desk = channel("posoka:desk");
  function tell(what) { if (tabs) { tabs.postMessage(what); } }

  document.addEventListener("submit", function (event) {
    var sure = event.target.getAttribute("data-sure");
    if (sure && !window.confirm(sure)) { event.preventDefault(); return; }
    if (sure) { tell("ending"); }
    leaving = Date.now();
  });

  var print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }

  // A browser may keep a page that was left as it was: it is asked for anew, and hidden meanwhile.
  window.addEventListener("pagehide", cover);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); } else { uncover(); }
  });

  // Whatever page comes, another one may have gone: the other tabs look whether theirs still lives.
  tell("look");
  if (desk) { desk.onmessage = function () { cover(); window.setTimeout(function () { go("/desk"); }, OUT); }; }
  if (!living) { return; }

  var soon = document.getElementById("ends-soon"), until = 0, noted = 0, asked = 0;
  function show(still) {
    living.querySelector("time").textContent = still.at;
    until = Date.now() + still.left;
    soon.hidden = still.left > SOON;
    uncover();
  }
  function ask(form) {
    asked = Date.now();
    var way = BASE + "/still?visit=" + encodeURIComponent(living.dataset.visit);
    return fetch(way, form ? { method: "POST", body: form } : {}).then(function (answer) {
      // What was sent from here says itself how it ended.
      if (Date.now() - leaving < SENT) { return null; }
      if (answer.status === 401) { go(BASE + "?over"); }
      else if (answer.status === 410) { go(BASE + "?gone"); }
      else if (answer.ok) { return answer.json().then(show); }
      return null;
    }, function () {});
  }
  function stay() {
    var form = new URLSearchParams();
    form.set("csrf", living.dataset.csrf);
    noted = Date.now();
    return ask(form);
  }
  until = Date.now() + Number(living.dataset.left);
  soon.hidden = Number(living.dataset.left) > SOON;

  window.setInterval(function () {
    var left = until - Date.now();
    soon.hidden = left > SOON;
    // Another tab may have been used since: the service knows. Where it cannot be asked, nothing shows.
    if (left <= 0) { cover(); }
    if (left <= 0 ? Date.now() - asked > 2000 : Date.now() - asked >= LOOK) { ask(); }
  }, 1000);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { ask(); } });

  document.addEventListener("input", function () {
    if (soon.hidden && Date.now() - noted < NOTED) { return; }
    stay();
  });
  soon.querySelector("button").addEventListener("click", stay);

  if (tabs) {
    tabs.onmessage = function (event) {
      if (event.data === "ending") { cover(); }
      window.setTimeout(ask, event.data === "ending" ? OUT : 0);
    };
  }
})();
