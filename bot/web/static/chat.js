// The chat with scripts: nothing typed is lost, nothing is said twice. ES2018, no libraries.
(function () {
  "use strict";
  const log = document.getElementById("log");
  const form = document.getElementById("say");
  const field = document.getElementById("text");
  const state = document.getElementById("state");
  const rows = document.getElementById("rows");
  const typing = document.getElementById("typing");
  const down = document.getElementById("down");
  const words = form.dataset;
  const KEPT = "posoka-unsent";
  const AGE = 72 * 3600 * 1000;
  const LINK = /(https?:\/\/[^\s<>"„“”«»]*[^\s<>"„“”«»'().,;:!?…])|([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)|((?:\+359[ \/-]?|\b0)[1-9](?:[ \/-]?[0-9]){6,8}\b)/g;

  let last = Number(words.last);
  let talking = words.talk === "";
  let awaiting = false;
  let unseen = 0;
  let settle = 0;
  let note = state.textContent;
  let stirred = 0;
  const pauses = new Set();
  const bubbles = new Map();

  // -- small things ------------------------------------------------------------------------------

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function key() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  }

  // Wait; `wake` ends every wait at once, and lets none begin that was decided on before.
  function pause(ms) {
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); pauses.delete(done); resolve(); };
      const timer = setTimeout(done, ms);
      pauses.add(done);
    });
  }

  function wake() {
    stirred += 1;
    Array.from(pauses).forEach((done) => done());
  }

  function backOff(tries) {
    return Math.min(30000, 1000 * Math.pow(2, tries)) * (0.75 + Math.random() / 2);
  }

  function tell(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  // -- what is kept until it is stored at the other end --------------------------------------------

  let unsent = kept();
  const left = unsent.length > 0;

  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEPT) || "[]");
      return found.filter((item) => item && item.key && item.fields && Date.now() - item.at < AGE);
    } catch (error) {
      return [];
    }
  }

  // Another tab may keep something too: only our own comes and goes.
  function keep(add, removed) {
    try {
      const others = kept().filter((item) => item.key !== removed && (!add || item.key !== add.key));
      const all = add ? others.concat([add]) : others;
      if (all.length) localStorage.setItem(KEPT, JSON.stringify(all));
      else localStorage.removeItem(KEPT);
    } catch (error) {
      // A private window keeps it in memory only.
    }
  }

  // -- showing -----------------------------------------------------------------------------------

  function linked(parent, text) {
    let at = 0;
    text.replace(LINK, (found, url, mail, phone, where) => {
      parent.append(text.slice(at, where));
      const link = make("a", "", found);
      if (url) {
        link.href = url;
        link.target = "_blank";
        link.rel = "noopener noreferrer";
      } else {
        link.href = mail ? "mailto:" + mail : "tel:" + phone.replace(/[ \/-]/g, "");
      }
      parent.append(link);
      at = where + found.length;
      return found;
    });
    parent.append(text.slice(at));
  }

  function bubble(who, message) {
    const node = make("div", who);
    fill(node, who, message);
    log.append(node);
    return node;
  }

  function fill(node, who, message) {
    const { parts, pin, file, note } = message;
    node.textContent = "";
    node.append(make("span", "heard", words[who] + ":"));
    parts.forEach((part) => {
      const paragraph = make("p", part.kind);
      if (part.head) {
        const head = make("b");
        linked(head, part.head);
        paragraph.append(head, part.text ? "\n" : "");
      }
      linked(paragraph, part.text);
      node.append(paragraph);
    });
    if (note) node.append(make("p", "note", note));
    if (file) {
      const paragraph = make("p", "file", file.href ? "" : file.name);
      if (file.href) {
        const link = make("a", "", file.name);
        link.href = file.href;
        paragraph.append(link);
      }
      node.append(paragraph);
      if (file.plays) {
        const sound = make("audio");
        sound.controls = true;
        sound.preload = "none";
        sound.setAttribute("aria-label", file.name);
        sound.src = file.href;
        node.append(sound);
      }
    }
    if (pin) {
      const place = pin.latitude + "/" + pin.longitude;
      const link = make("a", "pin", words.map);
      link.href = "https://www.openstreetmap.org/?mlat=" + pin.latitude + "&mlon=" + pin.longitude + "#map=17/" + place;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      link.append(make("span", "heard", ": " + pin.name));
      const paragraph = make("p");
      paragraph.append(link);
      node.append(paragraph);
    }
    // Its own buttons stay with it, whatever is shown below.
    if (message.aside) node.append(...linesOf(message.rows));
  }

  function linesOf(rows) {
    return rows.map((row) => {
      const line = make("div", "row " + row[0].kind);
      row.forEach((each) => {
        const button = make("button", "", each.label);
        button.value = each.press;
        if (each.name) button.setAttribute("aria-label", each.name);
        line.append(button);
      });
      return line;
    });
  }

  // A librarian has worded a message otherwise, or taken it back: it changes where it stands.
  function standing(id) {
    return log.querySelector('.bot[data-id="' + id + '"]');
  }

  function change(message) {
    const node = standing(message.id);
    if (node) fill(node, "bot", message);
  }

  // Of the screens only the last has buttons.
  function offer(message) {
    rows.textContent = "";
    rows.append(...linesOf(message.rows));
    if (message.asks_location) offerLocation();
  }

  function offerLocation() {
    if (!navigator.geolocation) return;
    const line = make("div", "row answer");
    const button = make("button", "", words.where);
    button.type = "button";
    button.addEventListener("click", () => locate(button));
    line.append(button);
    rows.prepend(line);
  }

  function atEnd() {
    return document.documentElement.scrollHeight - window.scrollY - window.innerHeight < 160;
  }

  // Show what is new from its beginning: a long card is read from the top.
  function reveal(node) {
    clearTimeout(settle);
    const header = document.querySelector("header").offsetHeight;
    const top = node.getBoundingClientRect().top + window.scrollY - header - 8;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollTo({ top: top, behavior: calm ? "auto" : "smooth" });
    down.hidden = true;
  }

  function awaitAnswer(on) {
    awaiting = on;
    rows.hidden = on || unsent.length > 0;
    if (!on) typing.hidden = true;
    else setTimeout(() => { typing.hidden = !awaiting; }, 400);
  }

  // -- saying ------------------------------------------------------------------------------------

  function noteDown(fields, shown) {
    const item = { key: key(), talk: words.talk, fields: fields, shown: shown, at: Date.now() };
    unsent.push(item);
    keep(item);
    return item;
  }

  // The link that led here says what the talk begins with; loaded again, it is not said again.
  function start(form) {
    history.replaceState(null, "", "/");
    noteDown({ start: form.elements.start.value }, "");
    form.remove();
    awaitAnswer(true);
  }

  function say(fields, shown) {
    const typed = document.activeElement === field;
    const item = noteDown(fields, shown);
    note = "";
    const node = bubble("me", { parts: [{ text: shown }] });
    node.classList.add("pending");
    bubbles.set(item.key, node);
    awaitAnswer(true);
    // On a phone the keyboard stays as it is; elsewhere one goes on typing.
    if (typed || window.matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
    else log.focus({ preventScroll: true });
    reveal(node);
    wake();
    flush();
  }

  async function post(item) {
    const body = new FormData();
    body.append("key", item.key);
    body.append("talk", item.talk || "");
    Object.keys(item.fields).forEach((name) => body.append(name, item.fields[name]));
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20000);
    try {
      const answer = await fetch("/say", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: body,
        signal: stop.signal,
      });
      const said = await answer.json().catch(() => ({}));
      return { status: answer.status, stored: said.stored === true, error: said.error };
    } catch (error) {
      return { status: 0, stored: false };
    } finally {
      clearTimeout(timer);
    }
  }

  let sending = false;
  let posting = null;

  // One after another, each until it is stored; the same key makes a repetition harmless.
  async function flush() {
    if (sending) return;
    sending = true;
    let tries = 0;
    while (unsent.length) {
      const item = unsent[0];
      posting = post(item);
      const answer = await posting;
      posting = null;
      const node = bubbles.get(item.key);
      const refused = [400, 403, 413].includes(answer.status);
      if (answer.stored || refused) {
        tries = 0;
        unsent.shift();
        keep(null, item.key);
        bubbles.delete(item.key);
        if (node) node.classList.remove("pending");
        if (refused) fail(item, node, answer.error);
        else note = "";
        talking = talking || answer.stored;
        tell(note);
        if (answer.stored) {
          missed = 0;
          wake();
          unlessAnswered();
        }
        continue;
      }
      typing.hidden = true;
      tell(answer.status === 429 && answer.error ? answer.error : words.offline);
      await pause(answer.status === 429 ? 5000 : backOff(tries));
      tries += 1;
    }
    sending = false;
    if (left && bubbles.size === 0 && reloadOnce) {
      reloadOnce = false;
      location.reload();
    }
  }

  let reloadOnce = left;

  function fail(item, node, error) {
    note = error || words.error;
    if (node) node.classList.add("failed");
    if (item.fields.text && !field.value) field.value = item.fields.text;
    awaitAnswer(false);
  }

  // The way to send a file comes once a librarian listens, and goes after that.
  async function offerFiles(on) {
    const here = document.getElementById("attach");
    if (here) here.hidden = !on;
    if (here || !on) return;
    const answer = await fetch("/file").catch(() => null);
    if (!answer || !answer.ok || document.getElementById("attach")) return;
    document.querySelector("main").insertAdjacentHTML("beforeend", await answer.text());
    if (!document.querySelector("script[src*=attach]")) document.head.append(Object.assign(make("script"), { src: "/static/attach.js" }));
  }

  // A tap that was noted before is not answered: the buttons come back.
  function unlessAnswered() {
    const before = last;
    setTimeout(() => {
      if (last === before && !unsent.length) awaitAnswer(false);
    }, 5000);
  }

  function locate(button) {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      (found) => say(
        { latitude: String(found.coords.latitude), longitude: String(found.coords.longitude) },
        words.myPlace
      ),
      () => {
        button.disabled = false;
        note = words.noLocation;
        tell(note);
        field.focus();
      },
      { timeout: 15000, maximumAge: 600000 }
    );
  }

  // -- hearing -----------------------------------------------------------------------------------

  let looking = null;

  async function look() {
    const stop = new AbortController();
    looking = stop;
    const timer = setTimeout(() => stop.abort(), 45000);
    try {
      const answer = await fetch("/messages?after=" + last, {
        headers: { Accept: "application/json" },
        signal: stop.signal,
        cache: "no-store",
      });
      if (!answer.ok) return null;
      const said = await answer.json();
      return Array.isArray(said.messages) ? said : null;
    } catch (error) {
      return stop.signal.aborted ? undefined : null;
    } finally {
      clearTimeout(timer);
      looking = null;
    }
  }

  let missed = 0;

  async function listen() {
    for (;;) {
      if (!talking) {
        await pause(3600000);
        continue;
      }
      const began = Date.now();
      const before = stirred;
      const answer = await look();
      let wait = 0;
      if (answer) {
        if (!unsent.length) tell(note);
        missed = 0;
        // What was said stands above its answer, even where that comes by the shorter way.
        await posting;
        take(answer);
        // An empty answer at once means that somebody there wants us to wait.
        if (!answer.messages.length && Date.now() - began < 1000) wait = 5000;
        if (document.hidden) wait = 10000;
      } else if (answer === null) {
        missed += 1;
        if (missed > 1 && !unsent.length) tell(words.noLink);
        wait = backOff(missed);
      }
      // What was stored meanwhile is answered by now: who waits for it is not kept waiting.
      if (wait && stirred === before) await pause(wait);
    }
  }

  // Nothing that was said is to be seen any more; what still waits to be sent stays.
  function clear() {
    Array.from(log.children).forEach((node) => node.classList.contains("pending") || node.remove());
    rows.textContent = "";
    document.getElementById("start") && document.getElementById("start").remove();
  }

  function take(answer) {
    const fresh = answer.messages.filter((message) => message.id > last);
    if (!fresh.length) return;
    const follow = awaiting || atEnd();
    let first = awaiting ? Array.from(log.children).reverse().find((n) => n.className === "me") : null;
    if (answer.erased) {
      clear();
      first = null;
    }
    fresh.forEach((message) => {
      last = message.id;
      if (message.hides) {
        clear();
        field.value = "";
        grow();
        first = null;
      }
      if (message.changes) change(message.changes);
      (message.gone || []).forEach((id) => standing(id) && standing(id).remove());
      const node = bubble("bot", message);
      node.dataset.id = message.id;
      first = first || node;
      if (message.rows.length && !message.aside) offer(message);
    });
    // What still waits to be sent stands below what has been answered.
    bubbles.forEach((node) => log.append(node));
    awaitAnswer(false);
    if (document.hidden) {
      unseen += fresh.length;
      document.title = "(" + unseen + ") " + words.title;
    }
    if (follow) reveal(first);
    else down.hidden = false;
    offerFiles(answer.files);
    const language = answer.language;
    if (language && language !== document.documentElement.lang && !unsent.length) location.reload();
  }

  // -- hands -------------------------------------------------------------------------------------

  function grow() {
    field.style.height = "auto";
    field.style.height = field.scrollHeight + 2 + "px";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.focus({ preventScroll: true });
    if (!text) return;
    field.value = "";
    grow();
    say({ text: text }, text);
  });

  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.querySelector(".line button").click();
  });
  field.addEventListener("focus", () => {
    if (atEnd()) settle = setTimeout(() => window.scrollTo(0, document.documentElement.scrollHeight), 300);
  });

  document.addEventListener("posoka:sent", (event) => reveal(bubble("me", { parts: [{ text: event.detail }] })));
  document.getElementById("choices").addEventListener("submit", (event) => event.preventDefault());
  [rows, log].forEach((where) => where.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !button.value) return;
    event.preventDefault();
    say({ press: button.value }, button.getAttribute("aria-label") || button.textContent);
  }));

  down.addEventListener("click", () => {
    down.hidden = true;
    window.scrollTo(0, document.documentElement.scrollHeight);
  });
  window.addEventListener("scroll", () => { if (atEnd()) down.hidden = true; }, { passive: true });

  // A wait that began before the phone slept or lost the network may never end: begin anew.
  function again() {
    if (looking) looking.abort();
    wake();
  }
  window.addEventListener("online", again);
  window.addEventListener("offline", () => tell(unsent.length ? words.offline : words.noLink));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    unseen = 0;
    document.title = words.title;
    again();
  });

  field.required = false;
  field.value = field.value.replace(/^\n/, "");
  if (rows.hasAttribute("data-asks-location")) offerLocation();
  const mine = log.querySelector("#end");
  if (mine && talking) setTimeout(() => reveal(mine), 0);
  if (left) rows.hidden = true;
  const begun = document.getElementById("start");
  if (begun) start(begun);
  flush();
  listen();
})();
