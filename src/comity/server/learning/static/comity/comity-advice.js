// <comity-advice for="ID OF A TEXTAREA" key="pk_…"></comity-advice>
//
// Private advice while a post is being written: what would follow, why, what would be kinder, what
// there is to learn. It never keeps anyone from sending. It brings its own style and asks the server
// it was loaded from; a page needs this file, that tag, and a policy that lets both through:
//   script-src https://YOUR_SERVER; connect-src https://YOUR_SERVER
// Attributes: `for`, `key`, `lang` (en, zh-Hans; else the page's), `server` (else where this is from).

const HOME = new URL(import.meta.url).origin;
const PAUSE = 700; // milliseconds without a keystroke before a draft is looked at
const SHORTEST = 3; // letters worth looking at
const LONGEST = 50_000;
const REMEDIES = ["allow", "nudge", "label", "limit", "hold", "remove"];

const WORDS = {
  en: {
    region: "Advice on your post",
    thinking: "Having a look…",
    offline: "Advice cannot be had just now. You can send as usual.",
    nudge: "You may want to read this once more",
    label: "This would get a notice for readers",
    limit: "This would not be spread further",
    hold: "This would wait until a person has looked",
    remove: "This would be taken down",
    about: "It is about:",
    kinder: "Say it more kindly",
    use: "Use this",
    used: "Your text was replaced. Undo",
    lesson: "A few minutes to learn:",
    private: "Only you see this. You decide what you send.",
  },
  "zh-Hans": {
    region: "对您这篇帖子的建议",
    thinking: "正在看…",
    offline: "暂时没有建议。照常发送即可。",
    nudge: "发送前不妨再读一遍",
    label: "发出后会附上给读者的说明",
    limit: "发出后不会进一步传播",
    hold: "发出后要等人看过才公开",
    remove: "发出后会被移除",
    about: "涉及：",
    kinder: "可以说得更温和",
    use: "用这句",
    used: "已替换您的文字。撤销",
    lesson: "花几分钟学一学：",
    private: "只有您能看到。发什么由您决定。",
  },
};

const STYLE = `
  :host { display: block; color-scheme: light dark; font: inherit; }
  :host([hidden]), [hidden] { display: none !important; }
  .box {
    --ink: light-dark(#16211e, #e8efec); --quiet: light-dark(#50605b, #a3b4ae);
    --ground: light-dark(#ffffff, #18201e); --line: light-dark(#d8e0dd, #2c3835);
    --accent: light-dark(#0b5d53, #79d0bd); --focus: light-dark(#0a4fd0, #9cc2ff);
    --mark: light-dark(#fce9db, #402512); --warm: light-dark(#94410a, #f5a670);
    margin-top: 0.5rem; padding: 0.75rem 1rem; border: 1px solid var(--line);
    border-inline-start: 4px solid var(--tone, var(--warm)); border-radius: 8px;
    background: var(--ground); color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  }
  .box.still { --tone: var(--line); padding-block: 0.4rem; color: var(--quiet); font-size: 0.9em; }
  p, ul { margin: 0; padding: 0; }
  .box > * + * { margin-top: 0.5rem; }
  ul { list-style: none; }
  li + li { margin-top: 0.5rem; }
  b { font-weight: 600; }
  .quiet { color: var(--quiet); font-size: 0.9em; }
  mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 0 0.15em; }
  a { color: var(--accent); }
  .wording { display: flex; gap: 0.75rem; align-items: baseline; justify-content: space-between; }
  button {
    font: inherit; font-size: 0.9em; padding: 0.25rem 0.75rem; border-radius: 6px; cursor: pointer;
    border: 1px solid var(--accent); background: none; color: var(--accent); flex: none;
  }
  button:hover { background: var(--accent); color: var(--ground); }
  :is(a, button):focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

/** An element with attributes and children; texts can only ever be texts. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A random id for one draft; it says nothing of its author. */
const newDraft = () => crypto.getRandomValues(new Uint8Array(16)).reduce(
  (id, byte) => id + byte.toString(16).padStart(2, "0"), "");

class ComityAdvice extends HTMLElement {
  #field = null;
  #form = null;
  #box = make("div", { class: "box still", "aria-live": "polite", role: "region", hidden: "" });
  #timer = 0;
  #asking = null;
  #listening = null;
  #looked = ""; // the text that the last answer is about
  #used = null; // the wording that was taken; until something else is written, it can be undone
  #draft = newDraft();
  #first = null; // {receipt, remedy} of the first advice that this draft got
  #latest = "allow";

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.#box);
    this.#box.setAttribute("aria-label", this.#words.region);
    this.#field = document.getElementById(this.getAttribute("for"));
    if (!this.#field) {
      console.error(`comity-advice: the page has no field with the id "${this.getAttribute("for")}"`);
      return;
    }
    this.#form = this.#field.form;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#field.addEventListener("input", () => this.#wait(), { signal });
    this.#form?.addEventListener("submit", () => this.#sent(), { signal });
    window.addEventListener("pagehide", () => this.#tell("dropped"), { signal });
    if (this.#field.value) this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#listening?.abort();
    this.#tell("dropped");
  }

  get #server() {
    return this.getAttribute("server") ?? HOME;
  }

  get #language() {
    const told = this.closest("[lang]")?.lang || navigator.language;
    return told.toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
  }

  get #words() {
    return WORDS[this.#language];
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    const text = this.#field.value;
    if (text !== this.#used) this.#used = null;
    if (text.trim().length < SHORTEST || text.length > LONGEST) {
      this.#looked = "";
      this.#latest = "allow";
      this.#rest();
      return;
    }
    this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  async #ask(text) {
    if (text === this.#looked) return;
    const asking = new AbortController();
    this.#asking = asking;
    const slow = setTimeout(() => this.#say("still", "thinking"), 400);
    try {
      const answer = await fetch(`${this.#server}/v1/drafts`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Authorization: `Bearer ${this.getAttribute("key")}`,
        },
        body: JSON.stringify({ post: { text }, draft: this.#draft }),
        signal: asking.signal,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (!answer.ok) throw new Error(`${answer.status} ${(await answer.json()).error?.message}`);
      this.#read(text, await answer.json());
    } catch (error) {
      if (asking.signal.aborted) return;
      console.warn("comity-advice:", error.message);
      this.#looked = "";
      this.#say("still", "offline");
    } finally {
      clearTimeout(slow);
    }
  }

  #read(text, advice) {
    this.#looked = text;
    this.#latest = advice.remedy;
    if (advice.receipt) this.#first ??= { receipt: advice.receipt, remedy: advice.remedy };
    if (!advice.shown || advice.articles.length === 0 || advice.remedy === "allow") this.#rest();
    else this.#advise(text, advice);
  }

  /** Nothing to say. */
  #rest() {
    if (this.#used !== null) return;
    this.#box.hidden = true;
    this.#box.replaceChildren();
    this.dataset.state = "quiet";
  }

  #say(kind, word) {
    if (this.#used !== null) return;
    this.#show(kind, word, make("p", {}, this.#words[word]));
  }

  #show(kind, state, ...children) {
    this.dataset.state = state;
    this.#box.className = `box ${kind}`;
    this.#box.hidden = false;
    this.#box.replaceChildren(...children);
  }

  #advise(text, advice) {
    const words = this.#words;
    const articles = advice.articles.filter((article) => article.remedy !== "allow");
    this.#show(
      "",
      advice.suggestions.length ? "kinder" : "advice",
      make("p", {}, make("b", {}, words[advice.remedy])),
      make("ul", {}, ...articles.map((article) => this.#article(article))),
      this.#marked(text, advice.spans),
      advice.suggestions.length ? make("p", {}, make("b", {}, words.kinder)) : null,
      advice.suggestions.length
        ? make("ul", {}, ...advice.suggestions.map((wording) => this.#wording(wording)))
        : null,
      ...advice.lessons.map((lesson) => this.#lesson(lesson)),
      make("p", { class: "quiet" }, words.private),
    );
  }

  #told(texts) {
    return texts[this.#language] ?? Object.values(texts)[0] ?? "";
  }

  #article(article) {
    const title = make("b", {}, this.#told(article.title));
    return make("li", {}, title, make("p", {}, this.#told(article.text)));
  }

  /** The words it is about; the server counts code points. */
  #marked(text, spans) {
    const letters = [...text];
    const parts = new Set(spans.map(({ begin, end }) => letters.slice(begin, end).join("").trim()));
    const shown = [...parts].filter((part) => part).slice(0, 6);
    if (!shown.length) return null;
    const marks = shown.flatMap((part) => [make("mark", {}, part), " "]);
    return make("p", {}, `${this.#words.about} `, ...marks);
  }

  #wording(wording) {
    const said = make("span", { dir: "auto" }, wording);
    const button = make("button", { type: "button" }, this.#words.use);
    said.id = `w${Math.random().toString(36).slice(2)}`;
    button.setAttribute("aria-describedby", said.id);
    button.addEventListener("click", () => this.#use(wording));
    return make("li", { class: "wording" }, said, button);
  }

  #lesson(lesson) {
    const link = make("a", { href: lesson.url, target: "_blank", rel: "noopener" });
    link.append(this.#told(lesson.title));
    return make("p", {}, `${this.#words.lesson} `, link);
  }

  #use(wording) {
    const before = this.#field.value;
    const undo = make("button", { type: "button" }, this.#words.used);
    undo.addEventListener("click", () => this.#put(before));
    this.#used = wording;
    this.#looked = ""; // should it be undone, what was written is looked at anew
    this.#put(wording);
    this.#show("still", "used", undo);
  }

  #put(text) {
    this.#field.value = text;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#field.focus();
  }

  #sent() {
    const milder = REMEDIES.indexOf(this.#latest) < REMEDIES.indexOf(this.#first?.remedy);
    this.#tell(milder ? "revised" : "sent");
  }

  /** Tell what became of the draft, once; then begin another. */
  #tell(outcome) {
    if (this.#first) {
      const form = new URLSearchParams({
        key: this.getAttribute("key"), receipt: this.#first.receipt, outcome,
      });
      navigator.sendBeacon(`${this.#server}/v1/drafts/outcomes`, form);
    }
    this.#first = null;
    this.#draft = newDraft();
  }
}

customElements.define("comity-advice", ComityAdvice);
