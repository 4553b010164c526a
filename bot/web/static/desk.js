// Asks before what cannot be undone, keeps what is being written until it has gone through, and
// keeps the place in the conversation while it refreshes; what is new in it is read out once.
"use strict";
(function () {
  // The mark says that nobody did this; the address loses it at once.
  var ITSELF = "by-itself";
  // The address is read when it is needed: what an act came back at is no page that can be opened.
  function anew() {
    var here = new URL(location.href);
    here.searchParams.set(ITSELF, "");
    location.replace(here.pathname + here.search);
  }
  (function () {
    var here = new URL(location.href);
    if (!here.searchParams.has(ITSELF)) { return; }
    here.searchParams.delete(ITSELF);
    history.replaceState(null, "", here.pathname + here.search + here.hash);
  })();
  function log() { return document.querySelector(".talk"); }
  function toEnd() { if (log()) { log().scrollTop = log().scrollHeight; } }

  // -- nothing is sent into a lost connection ----------------------------------------------------

  var line = document.getElementById("offline"), lost = false, held = false, goes = null;
  function say(what) {
    var words = line.querySelector("span");
    line.hidden = !what;
    if (what && words.textContent !== line.dataset[what]) { words.textContent = line.dataset[what]; }
  }
  // Who was told that it did not go is told too that it can go now.
  function offline(is) {
    lost = is;
    say(is ? (held ? "held" : "lost") : (held ? "again" : ""));
  }
  document.addEventListener("desk-line", function (event) { offline(event.detail.lost); });

  function isHeld(event) {
    var form = event.target, by = event.submitter;
    var posts = form.method === "post" && form.getAttribute("action") !== "/desk/leave";
    if (goes === form) { goes = null; return false; }
    if (!posts || (navigator.onLine !== false && !lost)) { held = false; return false; }
    event.preventDefault();
    event.stopImmediatePropagation();
    held = true;
    if (navigator.onLine === false) { offline(true); return true; }
    // What the page believes may be over by now.
    fetch(line.dataset.probe, { method: "HEAD", cache: "no-store" }).then(function () {
      held = !form.requestSubmit;
      offline(false);
      if (held) { return; }
      goes = form;
      form.requestSubmit(by && by.form === form ? by : undefined);
    }, function () { offline(true); });
    return true;
  }

  document.addEventListener("submit", function (event) {
    if (isHeld(event)) { return; }
    var sure = event.target.getAttribute("data-sure");
    if (sure && !window.confirm(sure)) { event.preventDefault(); return; }
    var area = event.target.querySelector("textarea[data-keep]");
    // What is taken back has no words of its own: those that were to change it go with it.
    var keep = area ? area.dataset.keep : event.target.dataset.ends;
    if (keep) { sessionStorage.setItem("sent:" + keep, "1"); }
  });

  // -- what is being written is kept until it has gone through -----------------------------------

  function part() { return document.getElementById("unsent-here"); }
  function ofCase(before) {
    var number = part() ? part().dataset.case : "";
    return Object.keys(sessionStorage).filter(function (name) {
      return number && name.indexOf(before + number + "-") === 0;
    });
  }
  function forget(name) { sessionStorage.removeItem(name); }

  function settle() {
    var handed = new URLSearchParams(location.search).has("handed");
    // The page comes to a field, or to the talk, only when what was written has gone through.
    var through = handed || ["#reply", "#note", "#talk"].indexOf(location.hash) >= 0;
    var sent = handed ? Object.keys(sessionStorage).filter(function (name) { return name.indexOf("sent:") === 0; }) : ofCase("sent:");
    sent.forEach(function (name) {
      if (through) { forget("desk:" + name.slice(5)); }
      forget(name);
    });
  }

  function fields() { return Array.prototype.slice.call(document.querySelectorAll("textarea[data-keep]")); }

  // What has no field on this page any more is shown in one of its own.
  function showUnsent() {
    if (!part()) { return; }
    if (part().hasAttribute("data-erased")) { ofCase("desk:").forEach(forget); return; }
    ofCase("desk:").forEach(function (name, at) {
      var text = sessionStorage.getItem(name), keep = name.slice(5);
      var stands = fields().some(function (area) { return area.dataset.keep === keep; });
      if (stands) { return; }
      if (!text.trim() || fields().some(function (area) { return area.value === text; })) { forget(name); return; }
      var shown = part().querySelector("template").content.cloneNode(true);
      var area = shown.querySelector("textarea"), label = shown.querySelector("label");
      area.id = "unsent-" + at;
      label.id = area.id + "-label";
      label.htmlFor = area.id;
      shown.querySelector("section").setAttribute("aria-labelledby", label.id);
      area.dataset.keep = keep;
      area.value = text;
      part().appendChild(shown);
    });
    part().querySelectorAll(".copy, .drop").forEach(function (button) { button.hidden = false; });
  }

  document.addEventListener("click", function (event) {
    var section = event.target.closest(".unsent"), area = section && section.querySelector("textarea");
    var left = event.target.closest("#change .leave");
    if (left) { forget("desk:" + document.getElementById("change-text").dataset.keep); }
    if (!area) { return; }
    if (event.target.closest(".drop")) {
      forget("desk:" + area.dataset.keep);
      section.remove();
    } else if (event.target.closest(".copy")) {
      var told = section.querySelector(".told");
      area.focus();
      area.select();
      told.textContent = told.dataset[document.execCommand("copy") ? "copied" : "marked"];
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    toEnd();
    if (window.matchMedia("(max-width: 48rem)").matches) {
      document.querySelectorAll(".deadline").forEach(function (deadline) { deadline.open = false; });
    }
    settle();
    // What comes back from an act is a page of the case: to fetch it again must not do it again.
    var path = location.pathname.match(/^.*\/cases\/\d+(?=\/\w+$)/);
    if (path) { history.replaceState(null, "", path[0]); }
    if (part() && part().hasAttribute("data-erased")) { ofCase("desk:").forEach(forget); }
    fields().forEach(function (area) {
      var name = "desk:" + area.dataset.keep, draft = sessionStorage.getItem(name);
      var landed = location.hash === "#" + area.id;
      if (!area.value || area.hasAttribute("data-stored")) { area.value = draft || area.value; }
      // Who is quick has written before this script came.
      else { sessionStorage.setItem(name, area.value); }
      if (area.value && area.closest("details")) { area.closest("details").open = true; }
      if (landed && area.id === "reply") { area.focus({ preventScroll: false }); }
      area.addEventListener("input", function () { sessionStorage.setItem(name, area.value); });
      area.addEventListener("keydown", function (event) {
        var send = area.form.querySelector("button");
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && send && !area.readOnly) { area.form.requestSubmit(); }
      });
    });
    showUnsent();
    var file = document.getElementById("reply-file");
    // A file can go without a word.
    if (file) { file.addEventListener("change", function () { document.getElementById("reply").required = !file.files.length; }); }
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
    // Suggestions under the talk leave it less room.
    if (old && ["talk", "whisper"].indexOf(event.detail.target.id) >= 0) {
      place = { end: old.scrollHeight - old.scrollTop - old.clientHeight < 40, top: old.scrollTop };
    }
  });
  // In the same breath: who scrolls meanwhile is left where they are.
  document.addEventListener("htmx:afterSwap", function () {
    if (place && log()) { if (place.end) { toEnd(); } else { log().scrollTop = place.top; } }
    place = null;
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (document.querySelector(".gone")) {
      showUnsent();
      // The field that it leads to is no more.
      document.querySelectorAll(".skip").forEach(function (skip) { skip.remove(); });
    }
    tell();
    // Handed to who is looking at it: the page has no field for an answer yet.
    if (document.getElementById("send-button") && !document.getElementById("reply")) { anew(); }
  });

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
