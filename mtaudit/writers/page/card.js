// The card of the finding in hand, and what is done from it.

let panel = ""; // what of the card is open: "write", "dismiss", "note" or nothing

function showCard(anew) {
  const card = document.querySelector(".card");
  const had = card.contains(document.activeElement);
  if (anew) panel = "";
  const { article, current: finding } = open;
  card.replaceChildren(progressLine(article), ...(finding ? cardOf(article, finding)
    : [el("p", { class: "quiet" }, word("noFindings"))]));
  const first = card.querySelector("[data-first]");
  if (panel) {
    first?.focus();
    if (first?.select && panel === "write") first.select();
  } else if (had) {
    (card.querySelector(".instead button") ?? card.querySelector("button"))?.focus();
  }
}

function progressLine(article) {
  const done = doneIn(article), all = article.findings.length;
  const told = word("progress", number(done), number(all));
  return el("div", { class: "progress-line" }, bar(done, all, told),
    el("span", { class: "told" }, all && done === all ? word("finished") : told),
    el("span", { class: "row" },
      button("↶", () => undo(true), { "aria-label": word("undo"), title: word("undo") + " u", disabled: !workOf(article).past.length }),
      button("↷", () => undo(false), { "aria-label": word("redo"), title: word("redo") + " U", disabled: !workOf(article).future.length }),
      button("‹", () => move(-1), { "aria-label": word("previous"), title: word("previous") + " p" }),
      button("›", () => move(1), { "aria-label": word("next"), title: word("next") + " n" })));
}

function cardOf(article, finding) {
  const decision = decisionOf(article, finding), state = stateOf(article, finding);
  const here = open.walk.filter((each) => each !== finding && each.start < Math.max(finding.end, finding.start + 1) &&
    Math.max(each.end, each.start + 1) > finding.start);
  const rule = finding.rule;
  return [
    el("p", { class: "kind" }, sign(finding.severity), el("b", {}, word(finding.severity)),
      el("span", {}, family(rule.family)),
      el("span", { class: "of" }, `${number(finding.index + 1)} / ${number(article.findings.length)}`)),
    el("h2", { class: "found given", lang: "fr" }, finding.text ? brief(finding.text) : "‸"),
    el("p", { class: "message given", lang: language }, finding.message),
    state !== "open" ? el("p", { class: "outcome " + state }, el("span", { class: "given" }, outcome(finding)), " ",
      decision && state !== "covered" ? button([word("reopen"), key("r")], reopen, { class: "quiet" }) : null) : null,
    rule.english.length || finding.sourceText ? el("dl", { class: "english" },
      rule.english.length ? [el("dt", {}, word("english")), el("dd", { class: "given", lang: "en" }, rule.english.slice(0, 3).join(" | "))] : null,
      finding.sourceText ? [el("dt", {}, word("inSource")), el("dd", { class: "given", lang: "en" }, finding.sourceText)] : null) : null,
    el("div", { class: "instead" },
      el("h3", {}, word("instead")),
      finding.suggestions.length ? el("ul", {}, finding.suggestions.slice(0, 9).map((text, n) => el("li", {},
        button([key(n ? String(n + 1) : "a"), el("span", { class: "given", lang: "fr" }, proposal(text))],
          () => take(text), { class: n ? "" : "main", "aria-keyshortcuts": n ? String(n + 1) : "a 1" })))) :
        el("p", { class: "small" }, word("noSuggestion"))),
    el("div", { class: "row acts" },
      button([word("write"), key("e")], () => openPanel("write"), { "aria-expanded": String(panel === "write"), "aria-keyshortcuts": "e" }),
      button([word("dismiss"), key("d")], () => openPanel("dismiss"), { "aria-expanded": String(panel === "dismiss"), "aria-keyshortcuts": "d" }),
      button([word("note"), key("m")], () => openPanel("note"), { "aria-expanded": String(panel === "note"), "aria-keyshortcuts": "m" })),
    panelOf(finding, decision),
    here.length ? el("div", { class: "overlap" }, el("h3", {}, word("alsoHere")),
      el("ul", {}, here.slice(0, 12).map((each) => el("li", {},
        button([sign(each.severity), el("span", { class: "unseen" }, word(each.severity) + " "), `${family(each.rule.family)} · `,
          el("span", { class: "given", lang: "fr" }, brief(each.text))], () => choose(each), { class: "quiet" }))))) : null,
    el("div", { class: "about small" },
      el("p", {}, el("code", { class: "given" }, rule.id)),
      el("p", {}, [word("precision", number(Math.round(finding.confidence * 100))), word(finding.evidence),
        word(finding.gates ? "gates" : "noGate")].join(" · ")),
      rule.flagged || rule.passed ? el("details", {}, el("summary", {}, word("example")),
        rule.flagged ? el("p", {}, el("b", {}, word("flagged")), " ", el("span", { class: "given", lang: "fr" }, rule.flagged)) : null,
        rule.passed ? el("p", {}, el("b", {}, word("right")), " ", el("span", { class: "given", lang: "fr" }, rule.passed)) : null) : null),
  ].filter(Boolean);
}

function panelOf(finding, decision) {
  if (panel === "write") {
    const start = decision?.text ?? finding.suggestions[0] ?? finding.text;
    const field = el("textarea", {
      rows: String(Math.min(8, 1 + Math.ceil(start.length / 34))), lang: "fr", id: "own-words", "data-first": true,
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        take(field.value, true);
      },
    });
    field.value = start;
    return el("div", { class: "panel" }, el("label", { for: "own-words" }, word("ownWords")), field,
      el("div", { class: "row" }, button([word("apply"), key("↵")], () => take(field.value, true), { class: "main" }),
        button([word("cancel"), key("Esc")], closePanel)));
  }
  if (panel === "dismiss") {
    return el("div", { class: "panel", role: "group", "aria-label": word("why") }, el("p", {}, word("why")),
      el("ul", {}, REASONS.map((reason, n) => el("li", {},
        button([key(String(n + 1)), word(reason)], () => drop(reason), { "data-first": n === 0, "aria-keyshortcuts": String(n + 1) })))));
  }
  if (panel === "note") {
    const field = el("textarea", {
      rows: "3", id: "note", "data-first": true,
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        keepNote(field.value);
      },
    });
    field.value = decision?.note ?? "";
    return el("div", { class: "panel" }, el("label", { for: "note" }, word("noteLabel")), field,
      el("div", { class: "row" }, button([word("saveNote"), key("↵")], () => keepNote(field.value), { class: "main" }),
        button([word("cancel"), key("Esc")], closePanel)));
  }
  return decision?.note ? el("p", { class: "note given" }, decision.note) : null;
}

function openPanel(name) {
  panel = panel === name ? "" : name;
  showCard(false);
}

function closePanel() {
  panel = "";
  showCard(false);
  marksOf(open.current)[0]?.focus({ preventScroll: true });
}

// --- decisions -------------------------------------------------------------------------------

function take(text, written = false) {
  const { article, current } = open;
  if (text === current.text) return closePanel();
  after(accept(article, current, text, written), word("announceAccept", text || word("deleted")));
}

function drop(reason) {
  after(dismiss(open.article, open.current, reason), word("announceDismiss", word(reason)));
}

function keepNote(text) {
  const { article, current } = open;
  refresh(annotate(article, current, text.trim()));
  panel = "";
  choose(current, { quiet: true });
  announce(word("noted"));
}

function reopen() {
  const { article, current } = open;
  if (!decisionOf(article, current)) return;
  refresh(decide(article, { [current.print]: null }));
  choose(current, { quiet: true });
  announce(word("reopened"));
}

// After a decision the next open finding is taken in hand.
function after(prints, done) {
  const inCard = document.querySelector(".card").contains(document.activeElement) && !panel;
  panel = "";
  refresh(prints);
  const { walk, current, article } = open;
  const from = walk.indexOf(current);
  const next = [...walk.slice(from + 1), ...walk.slice(0, from)].find((each) => stateOf(article, each) === "open");
  choose(next ?? current, { focus: !inCard, quiet: true });
  if (!next) showCard(true);
  announce(`${done} ${next ? told(next) : word("finished")}`);
}

function undo(back) {
  const prints = step(open.article, back);
  if (!prints) return announce(word("nothingToUndo"));
  refresh(prints);
  choose(open.article.prints.get(prints[prints.length - 1]) ?? open.current, { quiet: true });
  showCard(true);
  announce(word(back ? "undone" : "redone"));
}
