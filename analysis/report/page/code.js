"use strict";
// One switch for all the code of the page. Without this script every piece still opens by itself.
(() => {
  const pieces = document.querySelectorAll("details.code");
  if (!pieces.length) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "switch";
  const label = () => {
    const open = button.getAttribute("aria-pressed") === "true";
    button.textContent = open ? "Hide the code" : "Show the code";
  };
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(open));
    for (const piece of pieces) piece.open = open;
    label();
  });
  label();
  document.querySelector("header").append(button);
})();
