// Asks before what cannot be undone, keeps what is being written until it has gone through, and
// keeps the place in the conversation while it refreshes; what is new in it is read out once.
"use strict";
(function () {
  function log() { return document.querySelector(".talk"); }
  function toEnd() { if (log()) { log().scrollTop = log().scrollHeight; } }

  document.addEventListener("submit", function (event) {
    var sure = event.target.getAttribute("data-sure");
    if (sure && !window.confirm(sure)) { event.preventDefault(); return; }
    var area = event.target.querySelector("textarea");
    if (area) { sessionStorage.setItem("sent:" + area.dataset.keep, "1"); }
  });

  document.addEventListener("DOMContentLoaded", function () {
    toEnd();
    if (window.matchMedia("(max-width: 48rem)").matches) {
      document.querySelectorAll(".deadline").forEach(function (deadline) { deadline.open = false; });
    }
    document.querySelectorAll("textarea[data-keep]").forEach(function (area) {
      var name = "desk:" + area.dataset.keep, sent = "sent:" + area.dataset.keep;
      var landed = location.hash === "#" + area.id;
      // The page comes back to the field, or to the talk, only when what was written has gone through.
      if ((landed || location.hash === "#talk") && sessionStorage.getItem(sent)) { sessionStorage.removeItem(name); }
      sessionStorage.removeItem(sent);
      if (!area.value) { area.value = sessionStorage.getItem(name) || ""; }
      // Who is quick has written before this script came.
      else { sessionStorage.setItem(name, area.value); }
      if (area.value && area.closest("details")) { area.closest("details").open = true; }
      if (landed && area.id === "reply") { area.focus({ preventScroll: false }); }
      area.addEventListener("input", function () { sessionStorage.setItem(name, area.value); });
      area.addEventListener("keydown", function (event) {
        var send = area.form.querySelector("button");
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && send) { area.form.requestSubmit(); }
      });
    });
    if (location.hash === "#reply" || location.hash === "#note") {
      history.replaceState(null, "", location.pathname);
    }
  });

  // -- what is new is read out, and nothing but that --------------------------------------------

  function said() { return document.querySelectorAll(".talk li.person, .talk li.expert"); }
  var known = said().length;
  function tell() {
    var status = document.getElementById("heard"), all = said();
    for (var at = known; status && at < all.length; at += 1) {
      var words = all[at].querySelector(".words"), line = document.createElement("p");
      var who = all[at].classList.contains("expert") ? status.dataset.expert : status.dataset.person;
      line.textContent = who + ": " + (words ? words.textContent : "");
      if (at === known) { status.textContent = ""; }
      status.appendChild(line);
    }
    known = all.length;
  }
  window.addEventListener("load", function () {
    // It says that something has gone, and must not say so of what is written next.
    if (location.hash === "#talk") { history.replaceState(null, "", location.pathname); }
  });

  var place = null;
  document.addEventListener("htmx:beforeSwap", function (event) {
    var old = log();
    if (old && event.detail.target.id === "talk") {
      place = { end: old.scrollHeight - old.scrollTop - old.clientHeight < 40, top: old.scrollTop };
    }
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (document.querySelector(".gone")) {
      Object.keys(sessionStorage).forEach(function (name) {
        if (name.indexOf("desk:" + location.pathname.split("/").pop() + "-") === 0) { sessionStorage.removeItem(name); }
      });
    }
    tell();
    // Handed to who is looking at it: the page has no field for an answer yet.
    if (document.getElementById("send-button") && !document.getElementById("reply")) { location.reload(); }
    if (place && log()) { if (place.end) { toEnd(); } else { log().scrollTop = place.top; } }
    place = null;
  });

  function offline(is) { document.getElementById("offline").hidden = !is; }
  document.addEventListener("htmx:sendError", function () { offline(true); });
  document.addEventListener("htmx:responseError", function () { offline(true); });
  document.addEventListener("htmx:afterRequest", function (event) { if (event.detail.successful) { offline(false); } });
})();

// Keeps open what a librarian has opened on a card, while the card refreshes.
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
