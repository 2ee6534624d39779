// Sorts a table by the column whose heading is pressed. Without script the tables are as they were written.
for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const up = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = (row) => row.cells[column].textContent.trim();
      // "about 836,000" sorts as 836000, a day as text.
      const number = (text) => Number((/-?[\d,]*\.?\d+/.exec(text) ?? [""])[0].replaceAll(",", ""));
      const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);
      const isNumber = heading.classList.contains("right");
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        // What has no value stays last, whichever way the rest goes.
        if (x === "" || y === "") return (x === "") - (y === "");
        const order = isNumber && !isDay(x) ? number(x) - number(y) : x.localeCompare(y);
        return up ? order : -order;
      });
      body.append(...rows);
    });
  });
}
