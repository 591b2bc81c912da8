// What keeps people who do not see a page, or use no mouse, from reading it; run inside the page.
async () => {
  if (document.readyState !== "complete")
    await new Promise((done) => addEventListener("load", done));
  const faults = [];
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map(h => +h.tagName[1]);
  if (levels.filter(l => l === 1).length !== 1) faults.push("not one h1");
  levels.forEach((level, i) => {
    const before = levels[i - 1] ?? 0;
    if (level > before + 1) faults.push(`h${level} after h${before}`);
  });
  for (const part of ["header", "main", "footer", "nav"])
    if (!document.querySelector(part)) faults.push(`no ${part}`);
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!field.labels.length) faults.push(`${field.name} has no label`);
  for (const e of document.querySelectorAll("a, button, summary"))
    if (!e.textContent.trim() && !e.ariaLabel) faults.push(`${e.outerHTML} has no name`);
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  if (new Set(ids).size !== ids.length) faults.push("an id is there twice");
  for (const e of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(e.getAttribute("aria-labelledby")))
      faults.push("a label is missing");
  for (const e of document.querySelectorAll("[style], script:not([src], [type='application/json']), style"))
    faults.push(`inline: ${e.outerHTML.slice(0, 60)}`);
  if (!document.title || !document.documentElement.lang) faults.push("no title or language");
  return faults;
}
