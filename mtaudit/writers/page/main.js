// Addresses, keys, and the start.

const DEFAULTS = {
  view: "desk", article: "", finding: "", beside: "", q: "", severity: "", family: "", rule: "",
  evidence: "", state: "", sort: "score",
};

// The address after # holds the whole state of the view: `#desk?family=idiom`.
function addressOf(state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (name !== "view" && name in DEFAULTS && value && value !== DEFAULTS[name]) query.set(name, value);
  }
  const told = query.toString();
  return `#${state.view}${told ? "?" + told : ""}`;
}

function readAddress() {
  const [view, query] = location.hash.slice(1).split(/\?(.*)/s);
  const given = Object.fromEntries(new URLSearchParams(query ?? ""));
  const state = { ...DEFAULTS, view: view === "article" ? "article" : "desk" };
  for (const name of Object.keys(DEFAULTS)) {
    if (name !== "view" && typeof given[name] === "string") state[name] = given[name];
  }
  if (!SORTS[state.sort]) state.sort = DEFAULTS.sort;
  return state;
}

let shown = { ...DEFAULTS };
let deskPlace = 0;

function remember(state) {
  shown = state;
  history.replaceState(null, "", addressOf(state));
}

function show() {
  panel = "";
  const article = shown.view === "article";
  root.classList.toggle("in-article", article);
  if (!article) root.classList.remove("beside");
  (article ? showArticle : showDesk)(shown);
}

function follow() {
  const before = shown;
  if (before.view === "desk") deskPlace = scrollY;
  shown = readAddress();
  show();
  if (shown.view === "desk") {
    if (deskPlace) cached.layRest();
    scrollTo(0, before.view === "article" ? deskPlace : 0);
    const link = before.article && [...document.querySelectorAll("a.article")]
      .find((each) => new URLSearchParams(each.hash.split("?")[1]).get("article") === before.article);
    link?.focus({ preventScroll: true });
  } else {
    scrollTo(0, 0);
    if (open.current) choose(open.current, { quiet: true, focus: before.view !== shown.view || before.article !== shown.article });
    announce(open.article ? nameOf(open.article) : word("unknown"));
  }
}

// --- keys ------------------------------------------------------------------------------------

const ARTICLE_KEYS = {
  n: () => move(1), j: () => move(1), p: () => move(-1), k: () => move(-1),
  a: () => suggestion(0), e: () => openPanel("write"), d: () => openPanel("dismiss"), m: () => openPanel("note"),
  r: reopen, u: () => undo(true), U: () => undo(false), o: other, c: toggleChanges,
  s: () => {
    const all = besides(open.article);
    if (all.length > 1) setBeside(all[(all.indexOf(open.state.beside) + 1) % all.length]);
  },
  "]": () => go(open.next), N: () => go(open.next), "[": () => go(open.previous), P: () => go(open.previous),
  Escape: () => {
    if (panel) closePanel();
    else location.hash = addressOf({ ...shown, view: "desk", article: "", finding: "" });
  },
};

function go(address) {
  if (address) location.hash = address;
}

// A French keyboard gives & é " where others have 1 2 3: there the key itself tells the digit.
function digitOf(event) {
  if (/^[1-9]$/.test(event.key)) return Number(event.key);
  return event.shiftKey ? 0 : Number(event.code?.match(/^Digit([1-9])$/)?.[1] ?? 0);
}

function suggestion(n) {
  const { current } = open;
  if (panel === "dismiss") {
    if (REASONS[n]) drop(REASONS[n]);
  } else if (current && current.suggestions[n] !== undefined) {
    take(current.suggestions[n]);
  } else {
    announce(word("noSuggestion"));
  }
}

function other() {
  const { current, walk } = open;
  if (!current) return;
  const here = walk.filter((each) => each.start < current.end && each.end > current.start);
  choose(here[(here.indexOf(current) + 1) % here.length] ?? current);
}

function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  const command = event.ctrlKey || event.metaKey;
  const inArticle = shown.view === "article" && open.article && wellFormed(open.article.id) === wellFormed(shown.article);
  if (command && !event.altKey && !typing && inArticle && /^[zZyY]$/.test(event.key)) {
    event.preventDefault();
    undo(event.key === "z");
    return;
  }
  if (command || event.altKey) return;
  if (event.key === "Escape" && inArticle) {
    event.preventDefault();
    ARTICLE_KEYS.Escape();
    return;
  }
  if (typing || !keysOn()) return;
  let act = null;
  if (event.key === "?") act = openHelp;
  else if (inArticle && (open.current || /[NP[\]]/.test(event.key)) && Object.hasOwn(ARTICLE_KEYS, event.key)) {
    act = ARTICLE_KEYS[event.key];
  } else if (inArticle && digitOf(event)) act = () => suggestion(digitOf(event) - 1);
  else if (shown.view === "desk" && event.key === "/") act = () => document.getElementById("search").focus();
  else if (shown.view === "desk" && /^[jknp]$/.test(event.key)) act = () => walkDesk("jn".includes(event.key) ? 1 : -1);
  if (!act) return;
  event.preventDefault();
  act();
}

function walkDesk(by) {
  const links = [...document.querySelectorAll("a.article")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}

// --- start -----------------------------------------------------------------------------------

const wished = (navigator.languages ?? [navigator.language]).map((code) => code.slice(0, 2)).find((code) => LABELS[code]);
setLanguage(keep.get("mtaudit:language") ?? wished ?? DATA.language);
setTheme(keep.get("mtaudit:theme") ?? "auto");
keep.set("mtaudit:try", "1");
keep.set("mtaudit:try", null);
history.scrollRestoration = "manual";
addEventListener("hashchange", follow);
addEventListener("keydown", onKey);
addEventListener("beforeprint", () => { (shown.view === "article" ? open : cached).layRest?.(); });
// The same report in a second window: what was decided there is taken over here.
addEventListener("storage", (event) => {
  if (!event.key?.startsWith(PREFIX)) return;
  const article = DATA.articles[Number(event.key.slice(PREFIX.length))];
  if (!article) return;
  Object.assign(article, { work: null, kept: null, changes: null, done: null });
  if (shown.view === "desk" || open.article === article) show();
});
shown = readAddress();
show();
