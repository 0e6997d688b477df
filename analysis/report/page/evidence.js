"use strict";
// What is behind a mark of a picture or a row of a table: a panel with the articles, their sum, and sentences.
// All text goes in as text, never as markup. Without this script the page is whole, and the files are beside it.
(() => {
  const held = document.getElementById("evidence");
  const panel = document.getElementById("panel");
  if (!held || !panel || !panel.showModal) return;
  const all = JSON.parse(held.textContent);
  const voices = ["narration", "quotation", "reported"];
  const make = (tag, text, attributes) => {
    const element = document.createElement(tag);
    if (text !== undefined && text !== null) element.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    return element;
  };
  const number = (value) => value === null || value === undefined ? "–"
    : value.toLocaleString("en", { maximumSignificantDigits: 6 });
  const sums = (side, scale) => {
    const line = [`${number(side.n_docs)} articles`, `${number(side.n_hits)} of them add to the sum`];
    let text = line.join(", ") + `. Sum: ${number(side.numerator)}`;
    if (side.denominator) text += ` of ${number(side.denominator)}, that is ${number(scale * side.numerator / side.denominator)}`;
    return text + ".";
  };
  const article = (entry, facts, quote) => {
    const [doc, numerator, denominator, weight] = entry;
    const [outlet, day, title, link] = facts || [null, null, null, null];
    const row = make("tr", null, { "data-doc": doc });
    const said = make("td", null, { dir: "auto" });
    const name = title || doc;
    if (link) said.append(make("a", name, { href: link, rel: "noopener noreferrer", target: "_blank" }));
    else said.append(make("span", name));
    if (quote) {
      const text = make("p", null, { class: "quote", dir: "auto" });
      for (const [piece, voice, marked] of quote) {
        const span = make(marked ? "mark" : "span", piece, { class: voices[voice] });
        text.append(span);
      }
      said.append(text);
    }
    row.append(make("td", day || "no date"), make("td", outlet || "–", { dir: "auto" }), said);
    for (const value of [numerator, denominator, weight]) row.append(make("td", number(value), { class: "num", "data-v": value }));
    return row;
  };
  const open = (name, row, from) => {
    const result = all[name], found = result && result.rows[row];
    if (!found) return;
    panel.replaceChildren();
    const close = make("button", "Close", { type: "button", class: "close" });
    close.addEventListener("click", () => panel.close());
    panel.append(close, make("h2", found.label, { id: "panel-title", dir: "auto" }));
    const values = Object.entries(found.shown).map(([k, v]) => `${k.replaceAll("_", " ")} ${number(v)}`);
    panel.append(make("p", `${result.unit}${values.length ? ": " : ""}${values.join(", ")}`, { class: "quiet" }));
    for (const side of found.sides) {
      const box = make("section", null, { class: "side", "data-numerator": side.numerator, "data-denominator": side.denominator, "data-docs": side.n_docs });
      if (side.side) box.append(make("h3", side.side));
      box.append(make("p", sums(side, result.scale)));
      const table = make("table"), head = make("tr"), body = make("tbody");
      for (const [text, kind] of [["Day"], ["Outlet"], ["Article"], ["Numerator", "num"], ["Denominator", "num"], ["Weight", "num"]])
        head.append(make("th", text, { scope: "col", class: kind || "txt" }));
      for (const entry of side.articles) body.append(article(entry, result.articles[entry[0]], (found.quotes || {})[entry[0]]));
      const top = make("thead");
      top.append(head);
      table.append(top, body);
      const frame = make("div", null, { class: "table" });
      frame.append(table);
      box.append(frame);
      if (side.n_docs > side.articles.length)
        box.append(make("p", `Shown: the ${side.articles.length} that add most, of ${number(side.n_docs)}.`, { class: "cut" }));
      panel.append(box);
    }
    for (const note of result.notes) panel.append(make("p", note, { class: "quiet" }));
    const files = make("p", "All of them: ", { class: "quiet" });
    files.append(make("a", `evidence/${name}.parquet`, { href: `evidence/${name}.parquet` }));
    if (found.quotes) files.append(make("span", " · voices: "), make("span", "narration", { class: "narration" }), make("span", ", "),
      make("span", "quotation", { class: "quotation" }), make("span", ", "), make("span", "reported speech", { class: "reported" }));
    panel.append(files);
    panel.dataset.result = name;
    panel.dataset.row = row;
    panel.addEventListener("close", () => from && from.focus({ preventScroll: true }), { once: true });
    panel.showModal();
    panel.scrollTop = 0;
  };
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });

  for (const figure of document.querySelectorAll("figure[data-hits]")) {
    const name = figure.dataset.result, result = all[name], image = figure.querySelector("img");
    if (!result) continue;
    const drawn = JSON.parse(figure.dataset.hits), opens = (hit) => Boolean(result.rows[hit[0]]);
    const hits = drawn.filter(opens), empty = drawn.filter((hit) => !opens(hit));
    if (!hits.length) continue;
    const frame = make("div", null, { class: "marks" });
    image.before(frame);
    const ring = make("span", null, { class: "ring", hidden: "" });
    const said = make("span", null, { class: "tip", role: "status" });
    frame.append(image, ring, said);
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", `${hits.length} marks that open: arrow keys choose one, Return opens the articles behind it`);
    let now = -1;
    const show = (place) => {
      now = place;
      const [row, left, top, right, bottom] = hits[place];
      const pad = right - left < 0.004 || bottom - top < 0.004;
      const px = pad ? 7 / image.clientWidth : 0, py = pad ? 7 / image.clientHeight : 0;
      ring.style.left = `${100 * (left - px)}%`;
      ring.style.top = `${100 * (top - py)}%`;
      ring.style.width = `${100 * (right - left + 2 * px)}%`;
      ring.style.height = `${100 * (bottom - top + 2 * py)}%`;
      ring.hidden = false;
      const found = result.rows[row];
      said.textContent = `${found.label}: ${number(found.sides[0].n_docs)} articles`;
    };
    const nearest = (event) => {
      const box = image.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
      const away = ([, left, top, right, bottom]) =>
        Math.hypot(Math.max(left - x, 0, x - right) * box.width, Math.max(top - y, 0, y - bottom) * box.height);
      let best = -1, least = 24;
      hits.forEach((hit, place) => {
        const far = away(hit);
        if (far < least) { least = far; best = place; }
      });
      // What is empty opens nothing; its neighbour must not open in its place.
      return empty.some((hit) => away(hit) < least) ? -1 : best;
    };
    frame.addEventListener("pointermove", (event) => {
      const place = nearest(event);
      frame.classList.toggle("over", place >= 0);
      if (place >= 0) show(place); else { ring.hidden = true; said.textContent = ""; }
    });
    frame.addEventListener("pointerleave", () => { ring.hidden = true; said.textContent = ""; });
    frame.addEventListener("click", (event) => {
      const place = nearest(event);
      if (place >= 0) { show(place); open(name, hits[place][0], frame); }
    });
    frame.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); show((now + step + hits.length) % hits.length); }
      else if (event.key === "Enter" && now >= 0) { event.preventDefault(); open(name, hits[now][0], frame); }
    });
  }

  for (const section of document.querySelectorAll("section.result[data-result]")) {
    const name = section.dataset.result, result = all[name];
    if (!result) continue;
    for (const row of section.querySelectorAll("tbody tr[data-row]")) {
      if (!result.rows[row.dataset.row]) continue;
      row.classList.add("opens");
      row.tabIndex = 0;
      row.setAttribute("aria-haspopup", "dialog");
      row.addEventListener("click", (event) => {
        if (!event.target.closest("a") && !String(window.getSelection())) open(name, row.dataset.row, row);
      });
      row.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target !== row) return;
        event.preventDefault(); // or the same key would press the panel's button
        open(name, row.dataset.row, row);
      });
    }
  }
})();
