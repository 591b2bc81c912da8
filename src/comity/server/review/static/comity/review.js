// Keys for reviewers. Each does what a link, a button or a field on the page does without it.

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select";
const rows = () => [...document.querySelectorAll("[data-row]")];

function step(by) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  all[Math.min(Math.max(next, 0), all.length - 1)].focus();
  return true;
}

function press(key) {
  // Of several, the next that is not ticked yet; once all are, all of them.
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const target = all.find((one) => !one.checked) ?? all[0];
  if (!target) return false;
  for (const one of target.checked ? all : [target]) one.click();
  if (target.name !== "kind") return true;
  const form = target.form;
  form.elements[target.value === "change" ? "article" : "reason"].focus();
  return true;
}

function open() {
  const row = document.activeElement.closest("[data-row]");
  row?.click();
  return Boolean(row);
}

const KEYS = { j: () => step(1), k: () => step(-1), o: open };

document.addEventListener("keydown", (event) => {
  const field = event.target.closest(TYPING);
  if (event.key === "Enter" && event.ctrlKey) {
    event.target.closest("form")?.requestSubmit();
  } else if (event.key === "Escape") {
    field?.blur();
  } else if (!field && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing) {
    const known = KEYS[event.key] ?? (() => press(event.key));
    if (known()) event.preventDefault();
  }
});
