// Puts prepared texts into the reply where the cursor is. Nothing is sent from here.
"use strict";
(function () {
  document.addEventListener("DOMContentLoaded", function () {
    var writing = document.getElementById("writing"), area = document.getElementById("reply");
    if (!writing || !area) { return; }
    var panel = document.getElementById("insert"), query = document.getElementById("insert-query");
    var list = document.getElementById("insert-list"), opener = document.getElementById("insert-open");
    var said = document.getElementById("insert-said");
    var slash = false;      // whether the panel was opened by a „/“ that stands before the cursor
    var spoken = false;     // whether something new was said
    var waiting = false;    // whether Enter was pressed before the list had come

    document.getElementById("insert-page").hidden = true;
    document.getElementById("insert-hint").hidden = false;
    opener.hidden = false;

    // -- the panel ------------------------------------------------------------------------------

    function open(bySlash) {
      slash = bySlash;
      said.hidden = true;
      panel.hidden = false;
      opener.setAttribute("aria-expanded", "true");
      query.value = "";
      query.focus();
      look();
    }

    function close(back) {
      if (panel.hidden) { return; }
      panel.hidden = true;
      waiting = false;
      opener.setAttribute("aria-expanded", "false");
      if (back) { area.focus(); }
    }

    // Who leaves without choosing keeps what they typed; a „/“ alone was for the panel, and goes.
    function leave() {
      var typed = query.value, from = area.selectionStart;
      var mine = slash && area.value[from - 1] === "/";
      close(true);
      if (!mine) { return; }
      if (typed.trim()) { write(typed, false); return; }
      area.setSelectionRange(from - 1, from);
      write("", false);
    }

    function look() {
      list.setAttribute("aria-busy", "true");
      window.htmx.trigger(query, "look");
    }

    opener.addEventListener("click", function () { if (panel.hidden) { open(false); } else { leave(); } });
    document.getElementById("insert-close").addEventListener("click", leave);
    panel.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { event.preventDefault(); leave(); }
    });
    panel.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !panel.contains(event.relatedTarget)) { close(false); }
    });

    area.addEventListener("input", function (event) {
      var at = area.selectionStart, text = area.value;
      var typed = !event.inputType || event.inputType.indexOf("insert") === 0;
      if (typed && event.data === "/" && text[at - 1] === "/" && (at === 1 || text[at - 2] === "\n")) { open(true); }
    });

    // -- choosing -------------------------------------------------------------------------------

    function options() { return Array.prototype.slice.call(list.querySelectorAll("[role=option]")); }
    function chosen() { return list.querySelector('[aria-selected="true"]'); }

    function choose(option) {
      options().forEach(function (one) { one.setAttribute("aria-selected", String(one === option)); });
      if (option) {
        query.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else { query.removeAttribute("aria-activedescendant"); }
    }

    query.addEventListener("input", function () {
      if (query.value === "/") { close(true); write("/", false); return; }
      list.setAttribute("aria-busy", "true");
    });

    query.addEventListener("keydown", function (event) {
      var all = options(), at = all.indexOf(chosen());
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        var step = event.key === "ArrowDown" ? 1 : -1;
        if (all.length) { choose(all[(at + step + all.length) % all.length]); }
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (event.isComposing) { return; }
        if (list.getAttribute("aria-busy") === "true") { waiting = true; } else if (chosen()) { take(chosen()); }
      }
    });

    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { take(option); }
    });

    document.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target === list) {
        choose(options()[0] || null);
        // What was asked for before the last letter is shown, but nothing is taken from it.
        if (event.detail.requestConfig.parameters.q !== query.value) { return; }
        list.removeAttribute("aria-busy");
        if (waiting && chosen()) { take(chosen()); }
        waiting = false;
      } else if (event.detail.target.id === "talk") {
        spoken = true;
      }
    });
    // Once the conversation has come to rest: its place in the page is not to be disturbed.
    document.addEventListener("htmx:afterSettle", function () {
      if (spoken) { spoken = false; window.setTimeout(function () { window.htmx.trigger("#whisper", "look"); }, 300); }
    });
    ["htmx:sendError", "htmx:responseError"].forEach(function (name) {
      document.addEventListener(name, function (event) {
        if (event.detail.elt !== query) { return; }
        list.removeAttribute("aria-busy");
        waiting = false;
        document.getElementById("insert-count").textContent = writing.dataset.failed;
      });
    });

    document.getElementById("whisper").addEventListener("click", function (event) {
      var chip = event.target.closest(".chip");
      if (chip) { slash = false; take(chip); }
    });

    // -- putting it in --------------------------------------------------------------------------

    function take(one) {
      close(true);
      write(one.dataset.text, true);
      grow();
      var missing = one.dataset.missing;
      var over = area.maxLength > 0 && area.value.length > area.maxLength;
      said.textContent = over ? writing.dataset.long
        : missing ? writing.dataset.gaps.replace("%", missing) : writing.dataset.done;
      said.hidden = false;
      if (missing) { selectGap(); }
    }

    function write(text, whole) {
      area.focus();
      var from = area.selectionStart, to = area.selectionEnd;
      if (whole && slash && area.value[from - 1] === "/") { from -= 1; }
      var before = area.value.slice(0, from), after = area.value.slice(to);
      if (whole) {
        if (before && !/\n$/.test(before)) { text = "\n" + text; }
        if (after && !/^\n/.test(after)) { text += "\n"; }
      }
      slash = false;
      area.setSelectionRange(from, to);
      // So that it can be undone; a browser that does not know this puts it in plainly.
      var done = false;
      var put = text ? "insertText" : "delete";
      try { done = document.execCommand(put, false, text); } catch (error) { done = false; }
      if (!done) {
        area.setRangeText(text, from, to, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }

    function grow() {
      while (area.scrollHeight > area.clientHeight && area.rows < 16) { area.rows += 1; }
    }

    function selectGap() {
      var mark = writing.dataset.gap.replace(/\s*\]$/, "");
      var from = area.value.indexOf(mark), to = area.value.indexOf("]", from);
      if (from >= 0 && to > from) { area.setSelectionRange(from, to + 1); }
    }
  });
})();
