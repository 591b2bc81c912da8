// What the pages do beyond what the server renders. Each page works without it.

const KEPT_ROWS = 200;

// Times are rendered in UTC; readers get them in their own time zone.
// The page says which language; the browser knows the reader's way of writing it (en-GB, en-US).
const page = document.documentElement.lang;
const locale = navigator.languages.find((tag) => tag.startsWith(page.slice(0, 2))) ?? page;
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    const today = moment.toDateString() === new Date().toDateString();
    const format = today && time.hasAttribute("data-clock") ? clock : calendar;
    time.textContent = format.format(moment);
    time.title = time.dateTime;
  }
}

function shortenFeed() {
  for (const row of document.querySelectorAll(`#feed > :nth-child(n + ${KEPT_ROWS + 1})`)) {
    row.remove();
  }
}

localTimes(document);

document.addEventListener("htmx:load", (event) => {
  localTimes(event.detail.elt);
  shortenFeed();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
