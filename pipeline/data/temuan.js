"use strict";
(() => {
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const byId = id => document.getElementById(id);
  const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  /* Explanations of rules: open without scripts and in print, closed on the screen until asked for. */
  const rules = all("details.rule");
  const opener = byId("open");
  const setRules = open => rules.forEach(rule => { rule.open = open; });
  if (opener) {
    const words = [opener.textContent, opener.dataset.other];
    let open = false;
    const tell = () => { setRules(open); put(opener, words[open ? 1 : 0]); opener.setAttribute("aria-expanded", String(open)); };
    opener.hidden = false;
    opener.addEventListener("click", () => { open = !open; tell(); });
    tell();
  }
  let before = null;
  addEventListener("beforeprint", () => { before = rules.map(rule => rule.open); setRules(true); });
  addEventListener("afterprint", () => { if (before) rules.forEach((rule, index) => { rule.open = before[index]; }); before = null; });

  /* Summary tables: a click on a heading sorts, numbers downwards first. */
  all("table.sortable").forEach(table => {
    const body = table.tBodies[0];
    if (body.rows.length < 2) return;
    all(".hint").forEach(hint => { hint.hidden = false; });
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numeric = head.classList.contains("number");
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : numeric;
        all("thead th", table).forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = row => row.cells[column].textContent.trim();
        const order = numeric ? (a, b) => key(a) - key(b) : (a, b) => key(a).localeCompare(key(b), "id", { numeric: true });
        body.append(...[...body.rows].sort((a, b) => down ? order(b, a) : order(a, b)));
      });
    });
  });

  const bar = byId("filters");
  if (!bar) { return; }
  const severities = all("input[name=tingkat]", bar);
  const blocking = byId("blocking"), family = byId("family"), office = byId("office"), chosen = byId("document"), search = byId("search");
  const SEVERITY = 1, BLOCKING = 2, FAMILY = 4, OFFICE = 8, DOCUMENT = 16, TEXT = 32;
  const groups = all("section.group").map(element => ({
    element, shown: -1, office: element.dataset.office, id: element.dataset.document, heading: element.querySelector("h3"), tally: element.querySelector(".tally"),
    items: all("article", element).map(item => ({ element: item, severity: item.className, code: item.dataset.code, family: item.dataset.code.slice(0, 3), blocks: "blocks" in item.dataset, text: null })),
  }));
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);
  const parts = all("section.of, tr[data-office]");

  /* Texts are gathered at the first search: reading 20,000 of them takes a moment that opening need not wait for. */
  const fold = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
  const readTexts = () => groups.forEach(group => {
    if (group.items.length && group.items[0].text === null) {
      const heading = fold(group.heading.textContent);
      group.items.forEach(item => { item.text = heading + " " + fold(item.element.textContent); });
    }
  });
  const labels = new Map();
  const count = (option, number) => {
    if (!labels.has(option)) labels.set(option, option.textContent);
    put(option, labels.get(option) + " (" + number + ")");
  };
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name].toLocaleString(document.documentElement.lang));
  const bump = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1);

  /* What is filtered by, in words: a printed or forwarded view has to say that it is not all there is. */
  const bare = option => labels.get(option) || option.textContent;
  const tellView = filtered => {
    const told = [];
    const on = severities.filter(box => box.checked);
    if (on.length < severities.length) told.push(on.map(box => box.parentElement.firstChild.nextSibling.textContent.trim()).join(", ") || "–");
    if (blocking.checked) told.push(blocking.nextSibling.textContent.trim());
    [family, office, chosen].forEach(select => { if (select && select.value) told.push(bare(select.selectedOptions[0])); });
    if (search.value.trim()) told.push("“" + search.value.trim() + "”");
    const view = byId("view");
    view.hidden = !filtered;
    put(view, view.dataset.label + ": " + told.join("; ") + ".");
  };

  const apply = () => {
    const words = fold(search.value).split(" ").filter(Boolean);
    if (words.length) readTexts();
    const wanted = new Set(severities.filter(box => box.checked).map(box => box.value));
    const facets = { severity: new Map(), family: new Map(), office: new Map(), document: new Map(), blocking: 0 };
    const codes = new Set();
    let shown = 0, sections = 0;
    for (const group of groups) {
      const outside = (office && office.value && office.value !== group.office ? OFFICE : 0) | (chosen.value && chosen.value !== group.id ? DOCUMENT : 0);
      let here = 0;
      for (const item of group.items) {
        const misses = outside | (wanted.has(item.severity) ? 0 : SEVERITY) | (blocking.checked && !item.blocks ? BLOCKING : 0) |
          (family.value && family.value !== item.family ? FAMILY : 0) | (words.every(word => item.text.includes(word)) ? 0 : TEXT);
        if (!(misses & ~SEVERITY)) bump(facets.severity, item.severity);
        if (!(misses & ~FAMILY)) bump(facets.family, item.family);
        if (!(misses & ~OFFICE)) bump(facets.office, group.office);
        if (!(misses & ~DOCUMENT)) bump(facets.document, group.id);
        if (!(misses & ~BLOCKING) && item.blocks) facets.blocking += 1;
        if (item.element.hidden !== misses > 0) item.element.hidden = misses > 0;
        if (!misses) { here += 1; codes.add(item.code); }
      }
      if (here !== group.shown) {
        group.shown = here;
        group.element.hidden = !here;
        put(group.tally, fill(here === group.items.length ? bar.dataset.tally : bar.dataset.of, { n: here, total: group.items.length }));
      }
      shown += here;
      sections += here ? 1 : 0;
    }
    severities.forEach(box => put(box.parentElement.querySelector(".count"), "(" + (facets.severity.get(box.value) || 0) + ")"));
    put(blocking.parentElement.querySelector(".count"), "(" + facets.blocking + ")");
    [[family, facets.family], [office, facets.office], [chosen, facets.document]].forEach(([select, counts]) => {
      if (select) [...select.options].slice(1).forEach(option => count(option, counts.get(option.value) || 0));
    });
    parts.forEach(part => { part.hidden = Boolean(office && office.value && office.value !== (part.dataset.office || "-")); });
    const filtered = shown < total;
    rules.forEach(rule => { rule.hidden = filtered && !codes.has(rule.dataset.code); });
    byId("none").hidden = shown > 0;
    tellView(filtered);
    put(byId("shown"), fill(bar.dataset.shown, { n: shown, total, d: sections }));
  };

  /* The filters stand in the address after #, so that a view can be kept or sent. */
  const KEYS = [["keluarga", family], ["kantor", office], ["dokumen", chosen], ["cari", search]];
  const hashOf = () => {
    const state = new URLSearchParams();
    const on = severities.filter(box => box.checked).map(box => box.value);
    if (on.length < severities.length) state.set("tingkat", on.join(","));
    if (blocking.checked) state.set("menahan", "ya");
    KEYS.forEach(([key, control]) => { if (control && control.value.trim()) state.set(key, control.value.trim()); });
    return state.toString();
  };
  const keep = () => {
    const hash = hashOf();
    try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); } catch (refused) { location.hash = hash; }
  };
  const set = state => {
    const on = state.has("tingkat") ? state.get("tingkat").split(",") : severities.map(box => box.value);
    severities.forEach(box => { box.checked = on.includes(box.value); });
    blocking.checked = state.has("menahan");
    KEYS.forEach(([key, control]) => {
      if (!control) return;
      const value = state.get(key) || "";
      control.value = value;
      if (control.value !== value) control.value = "";
    });
    apply();
  };
  const reset = () => { set(new URLSearchParams()); keep(); search.focus(); };

  /* A link within the page: what the filters hide is shown again, an explanation opens. */
  const reveal = id => {
    const target = byId(id);
    if (!target) { return; }
    const rule = target.closest("details");
    if (rule) { rule.open = true; rule.hidden = false; }
    if (target.closest("[hidden]")) set(new URLSearchParams());
    target.scrollIntoView();
    (rule ? target : target.matches("[tabindex]") ? target : document.body).focus({ preventScroll: true });
  };
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    const id = link.getAttribute("href").slice(1);
    reveal(id);
    if (hashOf() === "") history.pushState(null, "", "#" + id);
  });
  const follow = () => {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) { set(new URLSearchParams(hash)); } else { set(new URLSearchParams()); if (hash) reveal(hash); }
  };

  let waiting = 0;
  const changed = () => { apply(); keep(); };
  bar.addEventListener("change", changed);
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 150); });
  bar.addEventListener("submit", event => { event.preventDefault(); clearTimeout(waiting); changed(); });
  byId("reset").addEventListener("click", reset);
  byId("again").addEventListener("click", reset);
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  bar.hidden = false;
  follow();
})();
