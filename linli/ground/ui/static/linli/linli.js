/* 邻里 Linli · all the script there is. Every page works without it; it adds keys, dialogs and small courtesies. Stays under 500 lines for ever. */
(function () {
  "use strict";
  var TYPING = /^(INPUT|SELECT|TEXTAREA)$/;
  var one = function (selector, root) { return (root || document).querySelector(selector); };
  var all = function (selector, root) { return [].slice.call((root || document).querySelectorAll(selector)); };

  /* ---- dialogs: <a data-dialog="id" href="/its/own/page/">; without <dialog> support the link is followed ---- */
  function openDialog(id) {
    var dialog = document.getElementById(id);
    if (!dialog || !dialog.showModal) return false;
    if (!dialog.open) dialog.showModal();
    return true;
  }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-dialog]");
    if (opener && openDialog(opener.dataset.dialog)) event.preventDefault();
    var closer = event.target.closest("[data-close]");
    if (closer && closer.closest("dialog")) { event.preventDefault(); closer.closest("dialog").close(); }
    if (event.target.closest("[data-print]")) window.print();
  });

  /* ---- keys of the desk: J K move, Enter opens, / searches, ? lists them; any [data-key] answers to its letter ---- */
  function rows() { return all("[data-rows] tr[tabindex]"); }

  function move(step) {
    var list = rows();
    if (!list.length) return;
    var now = list.findIndex(function (row) { return row.classList.contains("is-focus"); });
    var next = Math.max(0, Math.min(list.length - 1, now + step));
    list.forEach(function (row) { row.classList.remove("is-focus"); });
    list[next].classList.add("is-focus");
    list[next].focus();
    list[next].scrollIntoView({ block: "nearest" });
  }

  /* ---- lines are picked by X or a click, all from the last picked one by Shift; acts go with what is picked, else with the line in focus ---- */
  var lastPicked = null;
  function picks() { return all("[data-rows] [data-pick]"); }

  function showPicked() {
    var list = picks(), picked = list.filter(function (box) { return box.checked; }).length;
    list.forEach(function (box) { box.closest("tr").classList.toggle("is-picked", box.checked); });
    all("[data-picked]").forEach(function (out) { if (picked) out.textContent = out.dataset.words.replace("%n", picked); });
    all("[data-pick-all]").forEach(function (box) { box.checked = list.length > 0 && picked === list.length; });
  }

  function pickTo(box, ranged) {
    var list = picks(), from = ranged ? list.indexOf(lastPicked) : -1, to = list.indexOf(box);
    if (from >= 0) list.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (each) { each.checked = box.checked; });
    lastPicked = box;
    showPicked();
  }

  function pickRow(row, ranged) {
    var box = row && one("[data-pick]", row);
    if (!box) return false;
    box.checked = ranged || !box.checked;
    pickTo(box, ranged);
    return true;
  }

  document.addEventListener("click", function (event) {
    if (event.target.matches("[data-pick]")) pickTo(event.target, event.shiftKey);
  });

  function press(key, ranged) {
    if (key === "j") return move(1);
    if (key === "k") return move(-1);
    if (key === "x") return pickRow(one("[data-rows] tr.is-focus"), ranged);
    if (key === "?") return openDialog("keys");
    if (key === "/") {
      var search = one("main [data-search]") || one("[data-search]");
      if (search) search.focus();
      return Boolean(search);
    }
    var row = one("[data-rows] tr.is-focus");
    var target = (row && one('[data-key="' + key + '"]', row)) || one('[data-key="' + key + '"]');
    if (target && target.hasAttribute("formaction") && !picks().some(function (box) { return box.checked; })) pickRow(row);
    if (target) target.click();
    return Boolean(target);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if ((TYPING.test(event.target.tagName) && !event.target.matches("[data-pick]")) || one("dialog[open]")) return;
    var row = event.target.closest("[data-rows] tr[tabindex]");
    if (row && /^Arrow(Down|Up)$/.test(event.key)) { move(event.key === "ArrowDown" ? 1 : -1); return event.preventDefault(); }
    if (event.key === "Enter") {
      if (row && event.target === row && one("a[href]", row)) one("a[href]", row).click();
      return;
    }
    var key = event.key.toLowerCase();
    if (/^[a-z/?]$/.test(key) && press(key, event.shiftKey) !== false) {
      if (key === "/" || key === "?") event.preventDefault();
    }
  });

  document.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-rows] tr[tabindex]");
    if (!row) return;
    rows().forEach(function (each) { each.classList.toggle("is-focus", each === row); });
  });

  /* ---- choices show which one is on; chosen files are named with their size ---- */
  function syncChoices(root) {
    all(".c-choice input", root).forEach(function (input) { input.closest(".c-choice").classList.toggle("is-on", input.checked); });
  }

  function nameFiles(input) {
    var out = one("output", input.closest(".c-upload"));
    if (!out) return;
    out.textContent = [].map.call(input.files, function (file) {
      return file.name + "　" + (file.size / 1048576).toFixed(1) + " MB";
    }).join("，");
  }

  document.addEventListener("change", function (event) {
    if (event.target.closest(".c-choice")) syncChoices(event.target.closest("form") || document);
    if (event.target.matches("[data-pick-all]")) {
      picks().forEach(function (box) { box.checked = event.target.checked; });
      showPicked();
    }
    if (event.target.type === "file" && event.target.closest(".c-upload")) nameFiles(event.target);
    if (event.target.matches("[data-submit]")) {
      if (event.target.form.requestSubmit) event.target.form.requestSubmit(); else event.target.form.submit();
    }
  });

  function liven(root) {
    all(".c-upload", root).forEach(function (upload) { upload.classList.add("is-live"); });
    all("[data-pick-all]", root).forEach(function (box) { box.hidden = false; });
    showPicked();
  }

  /* ---- what was typed outlives a change of print size or language, and a session that ended meanwhile. It is kept in this tab only, no
     secrets, with the mark of whoever typed it (data-reader on <body>): POSTED for the next page; WAITING, where that page says that
     nothing was taken (data-typed-waits), until the same reader stands before the form again, at most 15 minutes and never for another ---- */
  var POSTED = "linli-typed", WAITING = "linli-typed-waits", QUARTER = 15 * 60 * 1000;
  var isBox = function (field) { return /^(radio|checkbox)$/.test(field.type); };
  var reader = function () { return document.body.dataset.reader || ""; };
  function typed() {
    var seen = {};
    return all("main form[method=post] [name]").filter(function (field) {
      if (/^(password|file|submit|button)$/.test(field.type) || field.autocomplete === "one-time-code") return false;
      return field.name !== "csrfmiddlewaretoken" && !field.closest("[data-keeps-typed]");
    }).map(function (field) {
      var name = new URL(field.form.getAttribute("action") || "", location).pathname + " " + field.name;
      var box = name + "=" + field.value;
      var counted = isBox(field) ? box : name;
      seen[counted] = (seen[counted] || 0) + 1;
      return { field: field, name: counted + "#" + seen[counted], hidden: name + "#1" };
    });
  }

  function store(name, kept) {
    try {
      if (kept) sessionStorage.setItem(name, JSON.stringify(kept)); else sessionStorage.removeItem(name);
    } catch (error) { /* a browser that stores nothing */ }
  }

  function stored(name) {
    try { return JSON.parse(sessionStorage.getItem(name)); } catch (error) { return null; }
  }

  function keepTyped(onNextPage) {
    var fields = {};
    typed().forEach(function (one) { fields[one.name] = isBox(one.field) ? one.field.checked : one.field.value; });
    store(POSTED, { by: reader(), at: Date.now(), onNextPage: onNextPage, fields: fields });
  }

  function fill(kept) {
    var first = null;
    typed().forEach(function (one) {
      var was = kept[one.name], field = one.field;
      if (isBox(field)) field.checked = was === undefined ? (one.hidden in kept ? kept[one.hidden] === field.value : field.checked) : was;
      else if (was !== undefined && field.type !== "hidden") field.value = was;
      else return;
      if (was && !first) first = field;
    });
    return first;
  }

  function takeTypedBack() {
    var posted = stored(POSTED), waiting = stored(WAITING);
    store(POSTED, null);
    if (posted && posted.onNextPage && posted.by === reader()) fill(posted.fields);
    else if (posted && (posted.onNextPage || one("[data-typed-waits]")) && (posted.by || !waiting || !waiting.by)) waiting = posted;
    if (!waiting) return;
    var others = reader() && reader() !== waiting.by;
    if (others || Date.now() - waiting.at > QUARTER) return store(WAITING, null);
    var field = reader() === waiting.by && fill(waiting.fields);
    store(WAITING, field ? null : waiting);
    if (!field) return;
    if (field.closest("dialog")) openDialog(field.closest("dialog").id);
    field.focus();
    field.scrollIntoView({ block: "center" });
  }

  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-keeps-typed]")) keepTyped(true);
    else if (event.target.matches("main form[method=post]")) keepTyped(false);
    if (event.target.matches("form[action$='/sign-out/']")) { store(POSTED, null); store(WAITING, null); }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("a[data-keeps-typed]")) keepTyped(true);
  });

  /* ---- a long form (data-draft) outlives a lost connection, a closed tab and a dead battery: what is typed in it is kept in this browser,
     for the same reader, a day at most, without names, phones, codes and files (shared desks). It goes with what was sent, by its
     button, at sign-out, and when somebody else signs in. The mark of the sending is kept with it: sent again after the line was cut, it brings no second matter ---- */
  var DRAFT = "linli-draft ", DAY = 24 * 60 * 60 * 1000, UNKEPT = /^(csrfmiddlewaretoken|name|phone|code|version)$/;
  var draftOf = function (form) { return DRAFT + reader() + " " + (form.dataset.draft || new URL(form.action, location).pathname); };
  var drafted = function (form) {
    return all("[name]", form).filter(function (field) { return !/^(password|file|submit|button)$/.test(field.type) && !UNKEPT.test(field.name); });
  };

  function draft(key, kept) {
    try {
      if (kept === undefined) return JSON.parse(localStorage.getItem(key));
      if (kept) localStorage.setItem(key, JSON.stringify(kept)); else localStorage.removeItem(key);
    } catch (error) { /* a browser that stores nothing */ }
    return null;
  }

  function drafts() {
    try { return Object.keys(localStorage).filter(function (key) { return key.indexOf(DRAFT) === 0; }); } catch (error) { return []; }
  }

  function keepDraft(form, sent) {
    var fields = drafted(form).filter(function (field) { return isBox(field) ? field.checked : field.value && field.tagName !== "BUTTON"; });
    var isTyped = fields.some(function (field) { return field.type !== "hidden" && !isBox(field) && field.tagName !== "SELECT"; });
    if (isTyped) draft(draftOf(form), { at: Date.now(), sent: sent, fields: fields.map(function (field) { return [field.name, field.value]; }) });
    else if (!sent) draft(draftOf(form), null);
  }

  function tell(form, which) {
    all("[data-note]", form.parentNode).forEach(function (told) { told.remove(); });
    var told = which && one('template[data-told="' + which + '"]');
    if (!told) return form;
    return form.parentNode.insertBefore(told.content.firstElementChild.cloneNode(true), form);
  }

  function restore(form, part) {
    var kept = draft(draftOf(form)), filled = false;
    if (!kept || one(".c-errors") || /[?&](edit|use)\b/.test(location.search)) return;
    drafted(form).forEach(function (field) {
      var said = kept.fields.filter(function (pair) { return pair[0] === field.name; }).map(function (pair) { return pair[1]; });
      if (!said.length || new RegExp("[?&]" + field.name + "=").test(location.search) || (part && !part.contains(field))) return;
      if (isBox(field)) field.checked = said.indexOf(field.value) >= 0; else field.value = said[0];
      filled = filled || field.type !== "hidden";
      if (field.matches("[hx-get]")) field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    if (filled && !part) tell(form, "restored");
  }

  function takeDraftsBack() {
    var done = one(".c-messages .c-notice--done"), now = reader();
    drafts().forEach(function (key) {
      var kept = draft(key), whose = key.slice(DRAFT.length).split(" ")[0];
      var isAnothers = now && whose && now !== whose; // somebody else sits at this desk now
      if (!kept || Date.now() - kept.at > DAY || (done && kept.sent) || isAnothers) draft(key, null);
    });
    all("form[data-draft]").forEach(function (form) { restore(form); });
    syncChoices(document);
    markParts();
  }

  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-draft]");
    if (form) keepDraft(form, false);
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-forget]")) return;
    var form = event.target.closest("[data-note]").nextElementSibling;
    draft(draftOf(form), null);
    form.reset();
    tell(form, "");
    syncChoices(form);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.matches("form[action$='/sign-out/']")) drafts().forEach(function (key) { draft(key, null); });
    if (!form.matches("form[data-draft]")) return;
    keepDraft(form, true);
    if (navigator.onLine) return;
    event.preventDefault();
    tell(form, "offline").scrollIntoView({ block: "center" });
  });

  window.addEventListener("online", function () {
    all("[data-note][data-waits]").forEach(function (told) { tell(told.nextElementSibling, "online"); });
  });

  document.addEventListener("htmx:after:swap", function () {
    all("form[data-draft] #questions").forEach(function (part) { restore(part.closest("form"), part); });
  });

  document.addEventListener("keydown", function (event) {
    var form = (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest("form[data-draft]");
    if (form && form.requestSubmit) form.requestSubmit();
  });

  /* ---- the contents of a long form say which sections are filled in; a fault stays until somebody changes its section ---- */
  function markPart(link) {
    var part = document.getElementById(link.dataset.part);
    if (!part) return;
    var fields = all("[name]:not([type=hidden])", part);
    var needed = fields.filter(function (field) { return field.required; });
    var isFilled = function (field) { return isBox(field) ? one('[name="' + field.name + '"]:checked', part) : field.value.trim(); };
    var done = needed.length ? needed.every(isFilled) : fields.some(isFilled);
    one("[data-filled]", link).hidden = !done;
    one("[data-open]", link).hidden = done;
  }

  function markParts() {
    all("[data-part]").forEach(function (link) { if (!one(".c-status--late", link)) markPart(link); });
  }

  function markPartOf(event) {
    var part = event.target.closest(".c-section[id]");
    var link = part && one('[data-part="' + part.id + '"]');
    if (link) markPart(link);
  }

  document.addEventListener("input", markPartOf);
  document.addEventListener("change", markPartOf);

  /* ---- the summary of errors, or why nothing was taken, takes the focus, on a new page and in a swapped part ---- */
  function settle() {
    syncChoices(document);
    liven(document);
    var errors = one(".c-errors:not([data-quiet]), [data-typed-waits]:not([data-quiet])");
    if (errors) { errors.focus(); errors.dataset.quiet = ""; }
    var open = one("dialog[data-open]");
    if (open) openDialog(open.id);
  }

  /* ---- htmx: the CSRF token travels with every request that changes something ---- */
  document.addEventListener("htmx:config:request", function (event) {
    var token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.detail.ctx.request.headers["X-CSRFToken"] = decodeURIComponent(token[1]);
    var body = event.target.id === "hints" && event.detail.ctx.request.body;
    if (body) ["name", "phone", "pictures"].forEach(function (name) { body.delete(name); });  /* what hints need no look at */
  });
  document.addEventListener("htmx:after:swap", settle);

  takeTypedBack();
  markParts();
  document.addEventListener("DOMContentLoaded", takeDraftsBack);  /* after htmx has looked at the page: a category asks its questions */
  settle();
})();
