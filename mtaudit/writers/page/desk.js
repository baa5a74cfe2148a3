// The desk: every article with what was found in it, filtered and sorted as the address says.

const SORTS = {
  score: (a, b) => a.passed - b.passed || a.score - b.score,
  best: (a, b) => b.passed - a.passed || b.score - a.score,
  findings: (a, b) => b.findings.length - a.findings.length,
  length: (a, b) => b.words - a.words,
  headline: (a, b) => nameOf(a).localeCompare(nameOf(b), "fr"),
  input: (a, b) => a.index - b.index,
};
const SORT_LABELS = {
  score: "sortScore", best: "sortBest", findings: "sortFindings", length: "sortLength",
  headline: "sortHeadline", input: "sortInput",
};
const ROWS_MOST = 60;
const FILTERS = ["severity", "family", "rule", "evidence", "state"];

// --- what the filters let through ------------------------------------------------------------

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’]/g, "'").toLowerCase();
}

function filtering(state) {
  return FILTERS.some((name) => state[name]);
}

function lets(state, article, row) {
  const rule = DATA.rules[row[0]];
  return (!state.severity || SEVERITIES[row[1]] === state.severity) &&
    (!state.family || rule.family === state.family) &&
    (!state.rule || rule.id === state.rule) &&
    (!state.evidence || (row[7] & 2 ? "confirmed" : "suspect") === state.evidence) &&
    (!state.state || (isOpen(article, row) ? "open" : "done") === state.state);
}

function isOpen(article, row) {
  return !hasWork(article) || stateOf(article, findingsOf(article)[article.findings.indexOf(row)]) === "open";
}

function rowsOf(state, article) {
  return filtering(state) ? article.findings.filter((row) => lets(state, article, row)) : article.findings;
}

// Articles of the desk in its order, each with its findings that the filters let through.
function chosen(state) {
  const sought = state.q ? fold(state.q) : "";
  return DATA.articles
    .map((article) => ({ article, rows: rowsOf(state, article) }))
    .filter(({ article, rows }) => rows.length || !filtering(state))
    .filter(({ article }) => {
      if (!sought) return true;
      article.folded ??= fold(`${nameOf(article)}\n${article.id}\n${article.system ?? ""}\n${article.text}`);
      return article.folded.includes(sought);
    })
    .sort((a, b) => (SORTS[state.sort] ?? SORTS.score)(a.article, b.article));
}

// --- pictures --------------------------------------------------------------------------------

function scoresPicture() {
  const bins = Array.from({ length: 20 }, () => [0, 0]);
  for (const article of DATA.articles) bins[Math.min(19, Math.floor(article.score / 5))][article.passed ? 1 : 0]++;
  const most = Math.max(1, ...bins.map(([failed, passed]) => failed + passed));
  const columns = bins.map(([failed, passed], n) => {
    const x = n * 12 + 1, low = (60 * failed) / most, high = (60 * passed) / most;
    return svg("g", {},
      svg("title", {}, word("scoreBin", number(n * 5), number(n * 5 + 5), counted(failed + passed, "articles"), number(passed))),
      svg("rect", { class: "hover", x: x - 1, y: 0, width: 12, height: 60 }),
      failed ? svg("rect", { class: "failed", x, y: 60 - low, width: 10, height: low }) : null,
      passed ? svg("rect", { class: "passed", x: x + .5, y: 60 - low - high + .5, width: 9, height: Math.max(0, high - 1) }) : null);
  });
  const ticks = [0, 25, 50, 75, 100].map((at) => svg("text", {
    x: at * 2.4, y: 73, "text-anchor": at === 0 ? "start" : at === 100 ? "end" : "middle",
  }, number(at)));
  const failed = DATA.articles.filter((article) => !article.passed).length;
  return el("figure", { class: "scores" },
    el("figcaption", {}, word("scores"), el("span", { class: "legend" },
      el("span", { class: "box failed" }), `${word("failed")} ${number(failed)}`,
      el("span", { class: "box passed" }), `${word("passed")} ${number(DATA.articles.length - failed)}`)),
    svg("svg", { viewBox: "0 0 240 76", role: "img", "aria-label": `${word("scores")}: ${word("failed")} ${failed}, ${word("passed")} ${DATA.articles.length - failed}` },
      svg("path", { class: "axis", d: "M0 60.5H240" }), columns, ticks));
}

function familiesPicture(state, change) {
  const counts = {};
  for (const article of DATA.articles) {
    for (const row of article.findings) {
      const name = DATA.rules[row[0]].family;
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  const most = sorted[0]?.[1] ?? 1;
  return el("figure", { class: "families" }, el("figcaption", {}, word("families")),
    el("ul", {}, sorted.map(([name, count]) => el("li", {},
      button([el("span", { class: "name" }, family(name)),
        svg("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
          svg("rect", { width: Math.max(1, (100 * count) / most), height: 8 })),
        el("span", { class: "count" }, number(count))],
      () => change({ family: state.family === name ? "" : name }),
      { "aria-pressed": String(state.family === name) })))));
}

// --- the desk --------------------------------------------------------------------------------

function showDesk(state) {
  const change = (changes) => {
    Object.assign(state, changes);
    remember(state);
    paint();
  };
  const total = DATA.total;
  const all = DATA.articles.reduce((sum, article) => sum + article.findings.length, 0);
  const done = DATA.articles.reduce((sum, article) => sum + doneIn(article), 0);
  const list = el("ol", { class: "articles" });
  const told = el("p", { class: "shown", role: "status" });
  const filters = el("div", { class: "filters" });
  const pictures = el("div", { class: "pictures" });

  const search = el("input", {
    type: "search", id: "search", value: state.q, placeholder: word("search"), "aria-label": word("search"),
    oninput: () => change({ q: search.value }),
  });

  function paintFilters() {
    const used = (name, told) => [...new Set(DATA.articles.flatMap((article) =>
      article.findings.map((row) => DATA.rules[row[0]][name])))].sort().map((value) => [value, told(value)]);
    const either = (values, told = word) => [["", word("all")], ...values.map((value) => [value, told(value)])];
    cached.families ??= used("family", String);
    cached.rules ??= used("id", String);
    const focused = filters.contains(document.activeElement) ? [...filters.querySelectorAll("select, button")].indexOf(document.activeElement) : -1;
    filters.replaceChildren(
      choice(word("severity"), either(WORST_FIRST), state.severity, (severity) => change({ severity })),
      choice(word("family"), either(cached.families.map(([name]) => name), family), state.family, (value) => change({ family: value })),
      choice(word("rule"), either(cached.rules.map(([id]) => id), String), state.rule, (rule) => change({ rule })),
      choice(word("evidence"), either(["suspect", "confirmed"]), state.evidence, (evidence) => change({ evidence })),
      choice(word("state"), either(["open", "done"]), state.state, (value) => change({ state: value })),
      choice(word("sort"), Object.keys(SORTS).map((name) => [name, word(SORT_LABELS[name])]), state.sort, (sort) => change({ sort })),
      filtering(state) || state.q ? button(word("clear"), () => {
        search.value = "";
        change({ q: "", ...Object.fromEntries(FILTERS.map((name) => [name, ""])) });
        search.focus();
      }, { class: "quiet" }) : "");
    if (focused >= 0) filters.querySelectorAll("select, button")[focused]?.focus();
  }

  function paint() {
    const rows = chosen(state);
    paintFilters();
    const pressed = pictures.contains(document.activeElement) ? [...pictures.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    pictures.replaceChildren(scoresPicture(), familiesPicture(state, change));
    if (pressed >= 0) pictures.querySelectorAll("button")[pressed]?.focus();
    told.textContent = rows.length < DATA.articles.length
      ? word("shown", number(rows.length), counted(DATA.articles.length, "articles")) : "";
    layRows(rows);
    if (!rows.length) list.append(el("li", { class: "none" }, word("none")));
  }

  // The first screens at once; the rest while nothing else is to be done, or when it is asked for.
  function layRows(rows) {
    let laid = 0;
    list.replaceChildren();
    const lay = (most = Infinity) => {
      list.append(...rows.slice(laid, laid + most).map((row) => articleRow(state, row.article, row.rows)));
      laid += most;
    };
    const goOn = () => {
      if (cached.layRest !== lay || laid >= rows.length) return;
      lay(ROWS_MOST);
      setTimeout(goOn, 16);
    };
    cached.layRest = lay;
    goOn();
  }

  page.replaceChildren(topBar(),
    el("main", { id: "content", class: "desk", tabindex: "-1" },
      el("div", { class: "masthead" },
        el("div", {},
          el("h1", {}, word("title")),
          el("p", { class: "sum" }, [
            counted(DATA.articles.length, "articles"), counted(total.words, "words"),
            counted(all, "findings"), counted(DATA.ran, "rules")].join(" · ")),
          DATA.problems.length ? el("details", { class: "problems" },
            el("summary", {}, counted(DATA.problems.length, "problems")),
            el("ul", {}, DATA.problems.map((problem) => el("li", { class: "given" }, problem)))) : null),
        el("div", { class: "overall" },
          el("p", { class: "score" }, score(total.score)),
          el("p", {}, verdictOf(total.passed), total.interval ? el("span", { class: "small" },
            word("interval", ...total.interval.map(score))) : null),
          el("p", { class: "small" }, bar(done, all, word("progress", number(done), number(all))),
            word("progress", number(done), number(all))))),
      pictures,
      el("search", { class: "finder" }, search, filters),
      told, list,
      el("footer", {}, el("p", { class: "given" }, DATA.signature))));
  paint();
}

const cached = {};

function verdictOf(passed) {
  return el("span", { class: passed ? "verdict yes" : "verdict no" },
    svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" },
      svg("path", { d: passed ? "M1 5.5 4 8.5 9 1.5" : "M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5" })),
    word(passed ? "passed" : "failed"));
}

function articleRow(state, article, rows) {
  const count = {}, every = {}, families = {};
  for (const row of article.findings) every[row[1]] = (every[row[1]] ?? 0) + 1;
  for (const row of rows) {
    count[row[1]] = (count[row[1]] ?? 0) + 1;
    const name = DATA.rules[row[0]].family;
    families[name] = (families[name] ?? 0) + 1;
  }
  const done = doneIn(article), all = article.findings.length;
  const top = Object.entries(families).sort((a, b) => b[1] - a[1]).slice(0, 3);
  const name = nameOf(article);
  return el("li", {},
    el("a", { class: "article", href: addressOf({ ...state, view: "article", article: article.id, finding: "" }) },
      el("span", { class: "score" }, score(article.score), el("span", { class: "unseen" }, ". ")),
      el("span", { class: "what" },
        el("span", { class: "headline given", lang: "fr" }, name),
        el("span", { class: "meta" }, [
          article.id !== name ? article.id : "", article.system, date(article.date), counted(article.words, "words"),
        ].filter(Boolean).map((part) => el("span", { class: "given" }, part))),
        top.length ? el("span", { class: "meta" }, top.map(([each, n]) => el("span", {}, `${family(each)} ${number(n)}`))) : null),
      el("span", { class: "counts" }, verdictOf(article.passed),
        el("span", { class: "tallies" }, WORST_FIRST.map((severity) => {
          const at = SEVERITIES.indexOf(severity);
          return every[at] ? tally(severity, count[at] ?? 0, every[at]) : null;
        }))),
      el("span", { class: "progress" }, all ? [
        bar(done, all, ""), done === all ? word("allDone") : word("progress", number(done), number(all)),
      ] : word("noFindings"))));
}
