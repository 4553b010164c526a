// Hears which cases changed and has the parts of the page fetched anew; after a lost connection the
// browser says the last number it has seen, and what was missed is told again.
"use strict";
(function () {
  var line, timer = 0, again = 0, due = -1;
  function changed() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { window.htmx.trigger(document.body, "desk-change"); }, 80);
  }
  function offline(is) { document.dispatchEvent(new CustomEvent("desk-line", { detail: { lost: is } })); }
  function listen() {
    window.clearTimeout(again);
    if (line) { line.close(); }
    if (!window.EventSource) { window.setInterval(changed, 5000); return; }
    line = new EventSource("/desk/live");
    line.addEventListener("here", function () { offline(false); changed(); });
    line.addEventListener("change", changed);
    line.addEventListener("left", function () { line.close(); location.replace(location.pathname + "?by-itself"); });
    line.addEventListener("error", function () {
      offline(line.readyState !== EventSource.OPEN);
      // A refused line is not taken up again by the browser itself.
      if (line.readyState === EventSource.CLOSED) { again = window.setTimeout(listen, 10000); }
    });
  }

  // -- a word and a sound for who wants them -----------------------------------------------------

  function wants() { return localStorage.getItem("desk-notify") === "yes"; }
  function show() {
    var button = document.getElementById("notify");
    if (!button) { return; }
    button.hidden = false;
    button.setAttribute("aria-pressed", wants() ? "true" : "false");
    button.textContent = wants() ? button.dataset.off : button.dataset.on;
  }
  function sound() {
    var Audio = window.AudioContext || window.webkitAudioContext;
    if (!Audio) { return; }
    var audio = new Audio(), tone = audio.createOscillator(), volume = audio.createGain();
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.15, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.4);
    tone.connect(volume); volume.connect(audio.destination);
    tone.start(); tone.stop(audio.currentTime + 0.4);
    tone.onended = function () { audio.close(); };
  }
  function look() {
    var list = document.getElementById("list");
    var now = list ? Number(list.dataset.due) : 0;
    if (due >= 0 && now > due && wants()) {
      sound();
      if (document.hidden && window.Notification && Notification.permission === "granted") {
        // Nobody's words: a screen may be seen by others.
        new Notification(document.getElementById("notify").dataset.new, { tag: "posoka" });
      }
    }
    due = now;
  }
  document.addEventListener("htmx:afterSettle", look);
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("notify");
    look(); show(); listen();
    if (!button) { return; }
    button.addEventListener("click", function () {
      var on = !wants();
      localStorage.setItem("desk-notify", on ? "yes" : "no");
      if (on) {
        sound();
        if (window.Notification && Notification.permission === "default") { Notification.requestPermission(); }
      }
      show();
    });
  });
  // The browser knows of a lost network before the line does.
  window.addEventListener("offline", function () { offline(true); });
  window.addEventListener("online", listen);
  window.addEventListener("pagehide", function () { if (line) { line.close(); } });
})();
