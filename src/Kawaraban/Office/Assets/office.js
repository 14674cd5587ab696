// Makes pages of the office nicer; all of them work without it.
"use strict";

// One box ticks all boxes of a name.
for (const box of document.querySelectorAll("input[data-all]")) {
  box.addEventListener("change", () => {
    for (const other of box.form.querySelectorAll(`input[name="${box.dataset.all}"]`)) other.checked = box.checked;
  });
}

// "/" goes to the search field, as on other sites that are worked in all day.
document.addEventListener("keydown", event => {
  const field = document.querySelector("input[type=search]");
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key === "/" && field && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
  }
});

// What cannot be taken back is asked about once more.
for (const button of document.querySelectorAll("button.danger")) {
  button.addEventListener("click", event => {
    if (!confirm(`${button.getAttribute("aria-label") ?? button.textContent}?`)) event.preventDefault();
  });
}
