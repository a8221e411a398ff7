// The search of the items page. It asks nobody: the index came with the page. Without it the whole list stays in place.
"use strict";
(function () {
  const ledger = window.LEDGER;
  const form = document.getElementById("search");
  if (!ledger || !form) {
    return;
  }
  const STEP = 50;
  const NOBODY = "-";
  const TONES = { overdue: "red", short: "yellow" };
  const fields = ["q", "book", "state", "unit", "sort"].map((name) => document.getElementById(name));
  const [query, book, state, unit, order] = fields;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const status = document.getElementById("found");
  const results = document.getElementById("results");
  const body = results.querySelector("tbody");
  const titles = [...results.querySelectorAll("thead th")].map((cell) => cell.textContent);
  const more = document.getElementById("more");
  const list = document.querySelectorAll("main > .list, main > .pages");
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const items = ledger.items.map(unpacked);
  const texts = items.map((item) => folded([item.id, item.task, item.lead, item.due, item.said, ...item.others].join("\n")));
  let found = [];
  let shown = 0;

  // The rows of the index are short: a text is the place where it stands.
  function unpacked([id, page, task, lead, due, state, book, said, tone, rank, ...others]) {
    const text = (place) => ledger.texts[place];
    return {
      id, book, rank, state: ledger.states[state], tone: ledger.tones[tone], said: text(said), task: text(task),
      lead: text(lead), due: text(due), others: others.map(text), page: page || "item/" + id + ".html",
    };
  }

  // What a filter calls a unit is the same in both languages.
  function unitOf(item) {
    return item.lead === ledger.nobody ? NOBODY : item.lead;
  }

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
    if (titles.indexOf(title) > 1 && !look.startsWith("how")) {
      cell.dataset.title = title;
    }
    if (look) {
      cell.className = look;
    }
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
      cellOf(item.id, titles[0], ""),
      cellOf(item.task || item.id, titles[1], "long", item.page),
      cellOf(item.lead, titles[2], ""),
      cellOf(item.due, titles[3], "when"),
      cellOf(item.said, titles[4], ("how " + item.tone).trim()),
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
      (book.value === "" || item.book === Number(book.value)) &&
      (unit.value === "" || unitOf(item) === unit.value) &&
      (state.value === "" || item.state === state.value || item.tone === TONES[state.value])
    );
  }

  // By the column that was chosen, else what matters first.
  function compared(one, other) {
    const [name, way] = order.value.split(":");
    const found = name ? collator.compare(one[name], other[name]) : one.rank - other.rank;
    return way === "down" ? -found : found;
  }

  function search() {
    const asked = fields.some((field) => field.value.trim() !== "");
    const words = folded(query.value).split(/\s+/).filter(Boolean);
    found = asked ? items.filter((item, number) => matches(item, number, words)).sort(compared) : [];
    shown = 0;
    body.replaceChildren();
    showMore();
    results.hidden = !found.length;
    status.textContent = asked ? filled(form.dataset.found, { n: found.length, all: items.length }) : "";
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
      link.hash = text;
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

  for (const option of [...order.options].slice(1)) {
    const down = option.cloneNode(true);
    option.text += " ↑";
    down.text += " ↓";
    down.value += ":down";
    option.after(down);
  }
  for (const name of [...new Set(items.map(unitOf))].sort()) {
    const option = document.createElement("option");
    option.value = name;
    option.textContent = name === NOBODY ? ledger.nobody : name;
    unit.append(tongue(option, option.textContent));
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
