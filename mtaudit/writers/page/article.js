// One article: its text as the reader sees it with the findings in it, and the source beside it.

const BLANK = /^\s*$/;
const LIST_MOST = 300;
const LONG = 500;
const open = { article: null, state: null, walk: [], current: null, parts: [], marks: new Map(), items: [] };

function showArticle(state) {
  const article = DATA.articles.find((each) => wellFormed(each.id) === wellFormed(state.article));
  if (!article) {
    page.replaceChildren(topBar(), el("main", { id: "content", class: "desk", tabindex: "-1" },
      el("p", {}, word("unknown")), el("p", {}, el("a", { href: addressOf({ ...state, view: "desk" }) }, word("back")))));
    return;
  }
  workOf(article);
  const findings = findingsOf(article);
  const rows = new Set(rowsOf({ ...state, state: "" }, article));
  Object.assign(open, {
    article, state,
    walk: findings.filter((finding) => rows.has(article.findings[finding.index])),
    marks: new Map(), parts: [],
  });
  open.current = findings.find((each) => each.print === state.finding) ??
    open.walk.find((each) => stateOf(article, each) === "open") ?? open.walk[0] ?? null;

  const others = besides(article);
  if (!others.includes(state.beside)) state.beside = others[others.length > 1 ? 1 : 0];
  const order = chosen(state).map((each) => each.article);
  const at = order.indexOf(article);
  const to = (other) => addressOf({ ...state, article: other.id, finding: "" });
  open.previous = at > 0 ? to(order[at - 1]) : "";
  open.next = at >= 0 && at + 1 < order.length ? to(order[at + 1]) : "";

  const text = el("article", { class: "text", lang: "fr", "aria-label": word("article") });
  page.replaceChildren(
    topBar(el("nav", { class: "way" },
      el("a", { href: addressOf({ ...state, view: "desk", article: "", finding: "" }), class: "up" }, "← " + word("back")),
      open.previous ? el("a", { href: open.previous, "aria-label": word("previousArticle"), title: word("previousArticle") + " [" }, "↑") : null,
      open.next ? el("a", { href: open.next, "aria-label": word("nextArticle"), title: word("nextArticle") + " ]" }, "↓") : null)),
    el("div", { class: "bench" },
      el("section", { class: "bench-bar", "aria-label": word("facts") },
        el("p", { class: "facts" },
          el("span", { class: "score" }, score(article.score)), verdictOf(article.passed),
          article.interval ? el("span", { class: "small" }, word("interval", ...article.interval.map(score))) : null,
          [article.system, date(article.date), counted(article.words, "words"), article.url].filter(Boolean)
            .map((part) => el("span", { class: "small given" }, part)),
          legend(findings)),
        el("div", { class: "row tools" },
          others.length > 1 ? choice(word("beside"), others.map((each) => [each, word(each)]), state.beside, setBeside) : null,
          button(word("changes"), toggleChanges, { "aria-pressed": String(root.classList.contains("changes")), "aria-keyshortcuts": "c", class: "toggle-changes" }),
          button(word("copy"), copyText), button(word("download"), downloadText))),
      el("main", { id: "content", tabindex: "-1" },
        filtering(state) ? el("p", { class: "filtered" },
          word("filtered", number(open.walk.length), number(findings.length)), " ",
          button(word("unfilter"), () => { FILTERS.forEach((name) => { state[name] = ""; }); show(); }, { class: "quiet" })) : null,
        text,
        el("section", { class: "findings", "aria-labelledby": "all-findings" },
          el("h2", { id: "all-findings" }, word("listTitle"), ` (${number(findings.length)})`),
          el("ol", { class: "list" }))),
      el("aside", { class: "card", "aria-label": word("card") })));
  root.classList.toggle("beside", state.beside !== "nothing");
  layText(text, article, state.beside);
  layList();
  choose(open.current, { focus: false, quiet: true });
}

// How many of each severity there are, each word under its own line: what the lines mean.
function legend(findings) {
  const told = WORST_FIRST.map((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count ? el("span", { class: "tally" }, sign(severity), number(count), " ",
      el("span", { class: `mark open ${severity}` }, manyOf(count, "many_" + severity))) : null;
  });
  return el("span", { class: "legend small" }, told);
}

function besides(article) {
  return ["nothing", ...["source", "reference"].filter((name) => article[name])];
}

function setBeside(name) {
  open.state.beside = name;
  open.state.finding = open.current?.print ?? "";
  show();
}

function toggleChanges() {
  const on = root.classList.toggle("changes");
  document.querySelector(".toggle-changes")?.setAttribute("aria-pressed", String(on));
}

// --- laying out the text ---------------------------------------------------------------------

const TAGS = { headline: "h1", heading: "h2", "teaser-headline": "h2" };

function layText(text, article, beside) {
  const other = beside === "nothing" ? null : article[beside];
  const lines = other && aligned(article, other);
  if (!article.parts.some((part) => DATA.kinds[part[0]] === "headline")) {
    text.append(el("h1", { class: "given" }, nameOf(article)));
  }
  let lead = true;
  const rows = article.parts.map((part, at) => {
    const kind = DATA.kinds[part[0]];
    const classes = ["part", kind, kind === "body" && lead ? "lead" : "", part[3] ? "" : "close"];
    if (kind === "body" || kind === "lead") lead = false;
    const line = el(TAGS[kind] ?? "p", { class: classes.filter(Boolean).join(" ") });
    open.parts.push({ part, element: line, findings: [] });
    if (!lines) return line;
    return el("div", { class: "pair " + kind }, line,
      el("p", { class: "other given", lang: beside === "source" ? "en" : "fr" }, lines[at]));
  });
  text.classList.toggle("paired", Boolean(lines));
  // Only where it pays: the browser guesses the height of what it has not laid out yet.
  root.classList.toggle("long", Math.max(article.parts.length, article.findings.length) > LONG);
  if (other && !lines) {
    text.append(el("div", { class: "columns" }, el("div", {}, rows),
      el("div", { class: "whole given", lang: beside === "source" ? "en" : "fr", role: "group", "aria-label": word(beside), tabindex: "0" },
        other.split("\n").filter((each) => !BLANK.test(each)).map((each) => el("p", { class: "other" }, each)))));
  } else {
    text.append(...rows);
  }
  const findings = byPart(open.walk), edits = byPart(changesOf(article));
  open.parts.forEach((each, at) => {
    each.findings = findings[at];
    layPart(at, edits[at]);
  });
}

// What stands in each line, of findings or changes in reading order; a place between two lines
// belongs to the earlier one.
function byPart(items) {
  const { parts } = open.article;
  const lists = parts.map(() => []);
  let from = 0;
  for (const item of items) {
    while (from + 1 < parts.length && parts[from + 1][1] <= item.start) from++;
    for (let at = from; at < parts.length && (at === from || parts[at][1] < item.end); at++) lists[at].push(item);
  }
  return lists;
}

// The lines of the other text that stand beside the parts, or null where lines do not match.
function aligned(article, other) {
  const whole = article.text.split("\n"), lines = other.split("\n");
  if (whole.length === lines.length) {
    const numbers = lineNumbers(article);
    return article.parts.map((_, at) => lines[numbers[at]]);
  }
  const filled = lines.filter((line) => !BLANK.test(line));
  return filled.length === article.parts.length ? filled : null;
}

function lineNumbers(article) {
  let line = 0, place = 0;
  return article.parts.map((part) => {
    for (; place < part[1]; place++) if (article.text.charCodeAt(place) === 10) line++;
    return line;
  });
}

// One line of the text, cut where a finding or a change begins or ends.
function layPart(at, edits = byPart(changesOf(open.article))[at]) {
  const { article } = open;
  const { part, element, findings } = open.parts[at];
  const [, start, end] = part;
  const inside = (place) => Math.min(end, Math.max(start, place));
  const cuts = new Set([start, end]);
  for (const each of [...findings, ...edits]) cuts.add(inside(each.start)).add(inside(each.end));
  const places = [...cuts].sort((a, b) => a - b);
  for (const finding of findings) {
    open.marks.set(finding, (open.marks.get(finding) ?? []).filter((old) => !element.contains(old)));
  }

  const pieces = [];
  places.forEach((from, n) => {
    for (const edit of edits) {
      // New words come after those that they replace, where both stand in this line.
      const place = edit.end <= end ? edit.end : edit.start;
      if (inside(place) === from && edit.text && (edit.start >= start || at === 0)) pieces.push(insertion(edit));
    }
    for (const finding of findings) {
      if (finding.start === finding.end && inside(finding.start) === from) pieces.push(mark("", [finding], false));
    }
    const to = places[n + 1];
    if (to === undefined) return;
    const words = article.text.slice(from, to);
    const gone = edits.find((edit) => edit.start <= from && edit.end >= to && edit.end > edit.start);
    const here = findings.filter((each) => each.start <= from && each.end >= to);
    if (gone) pieces.push(el("del", {}, words));
    else pieces.push(here.length ? mark(words, here, true) : held(words));
  });
  element.replaceChildren(...pieces);
}

// French marks stay with their words at the end of a line, whatever space the text has there.
function held(words) {
  return words.replace(/(«) (?=\S)| (?=[»:;!?%€])/g, (_, opening) => (opening ?? "") + "\u00a0");
}

function insertion(edit) {
  const finding = open.article.prints.get(edit.prints[0]);
  const made = el("ins", {
    tabindex: "-1", role: "button",
    "aria-label": `${edit.text}: ${word("was", finding.text)}`, onclick: () => choose(finding),
  }, held(edit.text));
  note(finding, made);
  return made;
}

function note(finding, element) {
  if (!open.marks.has(finding)) open.marks.set(finding, []);
  open.marks.get(finding).push(element);
}

function mark(words, here, text) {
  const { article } = open;
  const states = here.map((each) => stateOf(article, each));
  const live = here.filter((_, n) => states[n] === "open");
  const shown = (live.length ? live : here).reduce((a, b) =>
    SEVERITIES.indexOf(b.severity) > SEVERITIES.indexOf(a.severity) ? b : a);
  const state = live.length ? "open" : states.includes("changed") ? "changed" : "settled";
  const label = here.map((each) => `${word(each.severity)}, ${family(each.rule.family)}`).join("; ");
  const made = el("span", {
    class: `mark ${shown.severity} ${state}${text ? "" : " point"}${live.length > 1 ? " several" : ""}`,
    role: "button", tabindex: "-1",
    title: here.map((each) => `${word(each.severity)} · ${family(each.rule.family)}`).join("\n"),
    "aria-label": text ? `${words}: ${label}` : label,
    onclick: () => choose(smallest(here)),
  }, held(words));
  // For paper: the number of each finding where it ends.
  const ending = here.filter((each) => each.end === each.start || article.text.slice(each.start, each.end).endsWith(words));
  if (ending.length) made.dataset.numbers = ending.map((each) => each.index + 1).join(",");
  here.forEach((each) => note(each, made));
  return made;
}

// A click on words of several findings takes the shortest, and the next one when clicked again.
function smallest(here) {
  const sorted = [...here].sort((a, b) => (a.end - a.start) - (b.end - b.start) || a.index - b.index);
  return sorted[(sorted.indexOf(open.current) + 1) % sorted.length];
}

// --- the finding in hand ---------------------------------------------------------------------

function choose(finding, { focus = true, quiet = false } = {}) {
  for (const element of document.querySelectorAll(".text .current")) {
    element.classList.remove("current");
    element.tabIndex = -1;
    element.removeAttribute("aria-current");
  }
  const changed = open.current !== finding;
  open.current = finding;
  if (finding) {
    const marks = marksOf(finding);
    for (const element of marks) {
      element.classList.add("current");
      element.setAttribute("aria-current", "true");
    }
    if (marks[0]) {
      marks[0].tabIndex = 0;
      bringIn(marks[0]);
      if (focus) marks[0].focus({ preventScroll: true });
    }
    open.state.finding = finding.print;
    remember(open.state);
    if (!quiet) announce(told(finding));
  }
  showSource(finding);
  showCard(changed);
}

function marksOf(finding) {
  const marks = (open.marks.get(finding) ?? []).filter((element) => element.isConnected);
  if (marks.length) return marks;
  // Its words have gone with another change: that one stands for it.
  const edit = changesOf(open.article).find((each) => each.start < finding.end && each.end > finding.start);
  const other = edit && open.article.prints.get(edit.prints[0]);
  return other && other !== finding ? marksOf(other) : [];
}

function told(finding) {
  const at = word("finding", number(finding.index + 1), number(open.article.findings.length));
  return `${at}. ${word(finding.severity)}, ${family(finding.rule.family)}: ${finding.text}. ${finding.message}`;
}

function bringIn(element) {
  const box = element.getBoundingClientRect();
  const card = document.querySelector(".card");
  const sheet = card && getComputedStyle(card).position === "fixed" ? card.offsetHeight : 0;
  const low = innerHeight - sheet - 60;
  if (box.top > 90 && box.bottom < low) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollTo({ top: scrollY + box.top - Math.max(100, (low - 60) * 0.38), behavior: calm ? "auto" : "smooth" });
}

// The English that was found in the source is marked there.
function showSource(finding) {
  for (const old of document.querySelectorAll(".other mark")) old.replaceWith(...old.childNodes);
  if (!finding?.sourceText || open.state.beside !== "source") return;
  for (const line of document.querySelectorAll(".other")) {
    line.normalize();
    const text = line.firstChild;
    const place = text?.nodeType === Node.TEXT_NODE ? text.data.indexOf(finding.sourceText) : -1;
    if (place < 0) continue;
    const found = text.splitText(place);
    found.splitText(finding.sourceText.length);
    const marked = el("mark", {});
    found.replaceWith(marked);
    marked.append(found);
    return;
  }
}

function move(by, onlyOpen = false) {
  const { walk, current, article } = open;
  if (!walk.length) return announce(word("empty"));
  const from = walk.indexOf(current);
  for (let n = 1; n <= walk.length; n++) {
    const at = (from + by * n + walk.length * 2) % walk.length;
    if (!onlyOpen || stateOf(article, walk[at]) === "open") return choose(walk[at]);
  }
  announce(word("finished"));
  return choose(current, { quiet: true });
}

// Lays anew the lines that decisions on these findings touch.
function refresh(prints) {
  const { article } = open;
  const touched = prints.map((print) => article.prints.get(print)).filter(Boolean);
  const edits = byPart(changesOf(article));
  open.parts.forEach(({ part }, at) => {
    if (touched.some((each) => each.start <= part[2] && each.end >= part[1])) layPart(at, edits[at]);
  });
  for (const finding of findingsOf(article)) {
    const old = open.items[finding.index];
    if (!old || !touched.some((each) => each.start <= finding.end && each.end >= finding.start)) continue;
    open.items[finding.index] = itemOf(finding);
    old.replaceWith(open.items[finding.index]);
  }
}

// --- all findings, on the screen and on paper ------------------------------------------------

// The first of them at once; the rest while nothing else is to be done, or before printing.
function layList() {
  const { article } = open, list = document.querySelector(".list"), findings = findingsOf(article);
  open.items = [];
  open.layRest = (most = Infinity) => {
    const fresh = findings.slice(open.items.length, open.items.length + most).map(itemOf);
    open.items.push(...fresh);
    list.append(...fresh);
  };
  const goOn = () => {
    if (!list.isConnected || open.items.length >= findings.length) return;
    open.layRest(LIST_MOST);
    setTimeout(goOn, 30);
  };
  goOn();
}

function itemOf(finding) {
  const { article } = open;
  const state = stateOf(article, finding), decision = decisionOf(article, finding);
  return el("li", { class: state, value: finding.index + 1 },
    button([sign(finding.severity), el("span", { class: "unseen" }, word(finding.severity) + " "),
      el("q", { class: "given", lang: "fr" }, brief(finding.text))], () => choose(finding), { class: "quiet" }),
    el("span", { class: "small" }, `${word(finding.severity)} · ${family(finding.rule.family)}`),
    el("span", { class: "given message", lang: language }, finding.message),
    finding.suggestions.length ? el("span", { class: "given instead", lang: "fr" }, "→ " + finding.suggestions.map(proposal).join(" | ")) : null,
    state !== "open" || decision ? el("span", { class: "small outcome" }, outcome(finding)) : null);
}

function outcome(finding) {
  const decision = decisionOf(open.article, finding);
  const made = decision?.kind === "dismissed" ? word("dismissed", word(decision.reason))
    : decision?.kind === "accepted" || decision?.kind === "written"
      ? decision.text ? word("accepted", brief(decision.text)) : word("deleted")
      : stateOf(open.article, finding) === "covered" ? word("covered") : "";
  return [made, decision?.note].filter(Boolean).join(" — ");
}

function brief(text) {
  return text.length > 160 ? `${text.slice(0, 100)} […] ${text.slice(-40)}` : text;
}

function proposal(text) {
  return text ? brief(text) : `(${word("takeOut")})`;
}

async function copyText() {
  try {
    await navigator.clipboard.writeText(mended(open.article));
    announce(word("copied"));
    flash(word("copied"));
  } catch {
    flash(word("notCopied"));
  }
}

function downloadText() {
  saveFile(fileName(open.article.id) + ".txt", mended(open.article), "text/plain;charset=utf-8");
}

function flash(text) {
  document.querySelector(".flash")?.remove();
  const box = el("p", { class: "flash", role: "status" }, text);
  document.body.append(box);
  setTimeout(() => box.remove(), 4000);
}
