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

// Passkeys. A button with data-passkey="make" or "use" asks data-offer what to ask the browser for, and sends the answer to data-answer; the
// answer of that is where to go. Without script the buttons stay hidden, and the form beside them does.
for (const button of document.querySelectorAll("button[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) continue;
  button.hidden = false;
  const told = document.getElementById("passkey-problem");
  button.addEventListener("click", async () => {
    told.textContent = "";
    button.disabled = true;
    try {
      const fields = new FormData(button.form ?? document.querySelector("form.door"));
      const offer = await fetch(button.dataset.offer, { method: "POST", body: new URLSearchParams(fields) });
      if (!offer.ok || offer.redirected) return location.reload();
      const { token, options } = await offer.json();
      const credential = button.dataset.passkey === "make"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      fields.set("token", token);
      fields.set("answer", JSON.stringify(credential.toJSON()));
      const answer = await fetch(button.dataset.answer, { method: "POST", body: new URLSearchParams(fields) });
      const text = await answer.text();
      if (answer.ok) location.assign(text);
      else told.textContent = answer.headers.get("content-type").startsWith("text/plain") ? text : "The office is closed now.";
    } catch (error) {
      told.textContent = error.name === "NotAllowedError" ? "The browser asked for a passkey and got none." : String(error.message ?? error);
    } finally {
      button.disabled = false;
    }
  });
}

// The preview beside a form follows what is typed: a moment after the last letter, and never two at a time.
for (const form of document.querySelectorAll("form[data-preview]")) {
  const shown = document.getElementById(form.dataset.shows);
  let timer, running;
  const refresh = async () => {
    running?.abort();
    running = new AbortController();
    shown.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: running.signal, redirect: "error" });
      if (answer.ok || answer.status === 422) shown.innerHTML = await answer.text();
      else shown.textContent = "There is no preview now; press “Preview”, or reload the page.";
      shown.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") shown.textContent = "The office does not answer.";
    }
  };
  form.addEventListener("input", event => {
    if (event.target.name !== "recipe" && event.target.name !== "on") return;
    clearTimeout(timer);
    timer = setTimeout(refresh, 600);
  });
}

// j and k go down and up a list, Enter opens what is chosen.
document.addEventListener("keydown", event => {
  if ((event.key !== "j" && event.key !== "k") || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement);
  rows[event.key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)]?.focus();
});

// What is under way is looked at again, as long as it is.
for (const part of document.querySelectorAll("[data-refresh]")) {
  const again = async () => {
    if (!part.querySelector("progress")) return;
    if (!document.hidden && !part.contains(document.activeElement)) {
      const answer = await fetch(part.dataset.refresh, { redirect: "error" }).catch(() => null);
      if (answer?.ok) part.innerHTML = await answer.text();
    }
    setTimeout(again, 2000);
  };
  setTimeout(again, 1000);
}
