// The search of the items page. It asks nobody: the index came with the page. Without it the whole list stays in place.
"use strict";
(function () {
  const ledger = window.LEDGER;
  const form = document.getElementById("search");
  if (!ledger || !form) {
    return;
  }
  const [ID, PAGE, TASK, OTHERS, LEAD, DEADLINE, STATE, BOOK, OVERDUE] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const STEP = 100;
  const fields = ["q", "book", "state", "unit"].map((name) => document.getElementById(name));
  const [query, book, state, unit] = fields;
  const status = document.getElementById("found");
  const results = document.getElementById("results");
  const body = results.querySelector("tbody");
  const titles = [...results.querySelectorAll("thead th")].map((cell) => cell.textContent);
  const more = document.getElementById("more");
  const list = document.querySelectorAll("main > div:not(#results), main > .pages");
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const texts = ledger.items.map((item) => folded([item[ID], item[TASK], item[OTHERS], item[LEAD]].join("\n")));
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const said = (item) => (item[OVERDUE] ? filled(form.dataset.overdue, { state: item[STATE] }) : item[STATE]);
  let found = [];
  let shown = 0;

  function tongue(cell, text) {
    if (document.documentElement.lang === "en" && /[\u3400-\u9fff]/.test(text)) {
      cell.lang = "zh-CN";
    }
    return cell;
  }

  function cellOf(text, title, look, link) {
    const cell = document.createElement(title === titles[0] ? "th" : "td");
    if (cell.tagName === "TH") {
      cell.scope = "row";
    }
    if (titles.indexOf(title) > 1) {
      cell.dataset.title = title;
    }
    cell.className = look;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link;
      anchor.textContent = text;
      cell.append(anchor);
    } else {
      cell.textContent = text;
    }
    return tongue(cell, text);
  }

  function rowOf(item) {
    const row = document.createElement("tr");
    row.append(
      cellOf(item[ID], titles[0], ""),
      cellOf(item[TASK] || item[ID], titles[1], "long", item[PAGE]),
      cellOf(item[LEAD], titles[2], "long"),
      cellOf(item[DEADLINE], titles[3], ""),
      cellOf(said(item), titles[4], item[OVERDUE] ? "red" : ""),
    );
    return row;
  }

  function showMore() {
    const next = found.slice(shown, shown + STEP);
    body.append(...next.map(rowOf));
    shown += next.length;
    const left = Math.min(found.length - shown, STEP);
    more.hidden = left <= 0;
    more.textContent = filled(form.dataset.more, { n: left });
    return next.length;
  }

  function matches(item, number, words) {
    return (
      words.every((word) => texts[number].includes(word)) &&
      (book.value === "" || item[BOOK] === Number(book.value)) &&
      (unit.value === "" || item[LEAD] === unit.value) &&
      (state.value === "" || (state.value === "!" ? item[OVERDUE] === 1 : item[STATE] === state.value))
    );
  }

  function search() {
    const asked = fields.some((field) => field.value.trim() !== "");
    const words = folded(query.value).split(/\s+/).filter(Boolean);
    found = asked ? ledger.items.filter((item, number) => matches(item, number, words)) : [];
    shown = 0;
    body.replaceChildren();
    showMore();
    results.hidden = !found.length;
    status.textContent = asked ? filled(form.dataset.found, { n: found.length, all: ledger.items.length }) : "";
    for (const part of list) {
      part.hidden = asked;
    }
    remember();
  }

  // What was asked stands in the address, so that it can be sent on, and found again by the button back.
  function remember() {
    const parts = new URLSearchParams();
    for (const field of fields) {
      if (field.value) {
        parts.set(field.id, field.value);
      }
    }
    const text = parts.toString();
    try {
      history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
    } catch {
      // A page from a disk may not change its address. The search works all the same.
    }
    for (const link of document.querySelectorAll(".switch a")) {
      const own = new URLSearchParams([["q", query.value], ["book", book.value]].filter((pair) => pair[1]));
      link.hash = own.toString();
    }
  }

  function recall() {
    const parts = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      field.value = parts.get(field.id) || "";
      if (field.selectedIndex === -1) {
        field.value = "";
      }
    }
  }

  for (const name of [...new Set(ledger.items.map((item) => item[LEAD]))].sort()) {
    const option = document.createElement("option");
    option.value = name;
    option.textContent = name;
    unit.append(tongue(option, name));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", search);
  form.addEventListener("reset", () => setTimeout(() => { search(); query.focus(); }));
  more.addEventListener("click", () => {
    const first = shown;
    showMore();
    body.children[first].querySelector("a").focus();
  });
  window.addEventListener("hashchange", () => { recall(); search(); });
  form.hidden = false;
  recall();
  search();
})();
