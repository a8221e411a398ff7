// Tables are sorted by a click on the title of a column; a second click turns the order round. Without this script they
// stay as they came: what matters first.
"use strict";
(function () {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const number = /^-?\d+(\.\d+)?$/;

  function keyOf(row, column) {
    const cell = row.cells[column];
    return cell.dataset.order || cell.textContent.trim();
  }

  function compared(one, other) {
    return number.test(one) && number.test(other) ? one - other : collator.compare(one, other);
  }

  // What says nothing stands last, whichever way round.
  function sort(table, column, down) {
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => [keyOf(row, column), row]);
    keyed.sort(([one], [other]) => {
      const blank = (one === "") - (other === "");
      return blank || (down ? compared(other, one) : compared(one, other));
    });
    body.append(...keyed.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.classList.contains("bars")) {
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Figures are of interest from the largest down, names from the first up.
        const first = head.classList.contains("end") ? "descending" : "ascending";
        const second = first === "ascending" ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? second : first;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", order);
        sort(table, column, order === "descending");
      });
    });
  }
})();
