// The report as it was written, the decisions taken on it, and the text that comes of them.

const DATA = JSON.parse(document.getElementById("data").textContent);
const SEVERITIES = DATA.severities; // mildest first
const WORST_FIRST = [...SEVERITIES].reverse();
const REASONS = ["not-an-error", "house-style", "quotation"];
const HISTORY_MOST = 500;
const DIFF_MOST = 160; // words and marks on a side; what is longer is compared by its two ends

const keep = {
  works: true,
  get(name) {
    try { return localStorage.getItem(name); } catch { this.works = false; return null; }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch { this.works = false; }
  },
};
const PREFIX = `mtaudit:${DATA.key}:`;

// --- findings --------------------------------------------------------------------------------

// Rows of the data become objects when an article is first looked at.
function findingsOf(article) {
  article.read ??= article.findings.map((row, index) => ({
    index,
    rule: DATA.rules[row[0]],
    severity: SEVERITIES[row[1]],
    start: row[2],
    end: row[3],
    text: article.text.slice(row[2], row[3]),
    // In the language that the page speaks at the moment.
    get message() { return DATA.messages[row[4]][DATA.languages.indexOf(language)]; },
    suggestions: row[5],
    confidence: row[6],
    gates: Boolean(row[7] & 1),
    evidence: row[7] & 2 ? "confirmed" : "suspect",
    sourceText: row[8],
    print: row[9],
  }));
  return article.read;
}

// An address cannot hold half a character.
function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function nameOf(article) {
  if (article.name === undefined) {
    const headline = article.parts.find((part) => DATA.kinds[part[0]] === "headline");
    article.name = (article.title || (headline && article.text.slice(headline[1], headline[2])) ||
      article.id).replace(/^#+\s+/, "");
  }
  return article.name;
}

// --- decisions -------------------------------------------------------------------------------

// Of one article: decisions by fingerprint, and what undo and redo go through.
function workOf(article) {
  if (!article.work) {
    const empty = { decisions: {}, past: [], future: [] };
    let kept = null;
    try { kept = JSON.parse(keep.get(PREFIX + article.index)); } catch { /* not ours: begin anew */ }
    article.work = kept && kept.decisions ? { ...empty, ...kept } : empty;
    article.prints = new Map(findingsOf(article).map((finding) => [finding.print, finding]));
  }
  return article.work;
}

function hasWork(article) {
  article.kept ??= keep.get(PREFIX + article.index) !== null;
  return article.kept || Boolean(article.work);
}

function save(article) {
  const { decisions, past, future } = article.work;
  const any = Object.keys(decisions).length || past.length || future.length;
  keep.set(PREFIX + article.index, any ? JSON.stringify({ decisions, past, future }) : null);
  article.changes = null;
  article.done = null;
}

// Changes decisions in one step that undo takes back; `changes` maps fingerprints to decisions.
function decide(article, changes) {
  const work = workOf(article);
  const step = {};
  for (const [print, after] of Object.entries(changes)) {
    step[print] = [work.decisions[print] ?? null, after];
    put(work, print, after);
  }
  work.past.push(step);
  if (work.past.length > HISTORY_MOST) work.past.shift();
  work.future = [];
  save(article);
  return Object.keys(step);
}

function put(work, print, decision) {
  if (decision) work.decisions[print] = decision;
  else delete work.decisions[print];
}

// Steps back (or forth); gives the fingerprints that changed, or null where there is nothing.
function step(article, back) {
  const work = workOf(article);
  const taken = (back ? work.past : work.future).pop();
  if (!taken) return null;
  for (const [print, pair] of Object.entries(taken)) put(work, print, pair[back ? 0 : 1]);
  (back ? work.future : work.past).push(taken);
  save(article);
  return Object.keys(taken);
}

function decisionOf(article, finding) {
  return hasWork(article) ? workOf(article).decisions[finding.print] ?? null : null;
}

// Accepting is one step with what it displaces: decisions whose changes it runs into are reopened.
function accept(article, finding, text, written) {
  const work = workOf(article);
  const made = editsOf(finding, text);
  const changes = {};
  for (const edit of changesOf(article)) {
    for (const print of edit.prints) {
      if (print !== finding.print && made.some((mine) => clash(mine, edit))) changes[print] = null;
    }
  }
  const old = work.decisions[finding.print];
  changes[finding.print] = {
    kind: written ? "written" : "accepted", text, note: old?.note || "", when: now(),
  };
  return decide(article, changes);
}

function dismiss(article, finding, reason) {
  const note = decisionOf(article, finding)?.note || "";
  return decide(article, { [finding.print]: { kind: "dismissed", reason, note, when: now() } });
}

function annotate(article, finding, note) {
  const old = decisionOf(article, finding);
  const bare = !old || old.kind === "noted";
  if (!note && bare) return decide(article, { [finding.print]: null });
  const decision = bare ? { kind: "noted", note, when: now() } : { ...old, note, when: now() };
  return decide(article, { [finding.print]: decision });
}

function now() {
  return new Date().toISOString().slice(0, 19) + "Z";
}

// "open", "changed", "dismissed", or "covered": its words have gone with another decision.
function stateOf(article, finding) {
  const decision = decisionOf(article, finding);
  if (decision?.kind === "accepted" || decision?.kind === "written") return "changed";
  if (decision?.kind === "dismissed") return "dismissed";
  if (!hasWork(article)) return "open";
  let gone = 0;
  for (const edit of changesOf(article)) {
    const within = Math.min(edit.end, finding.end) - Math.max(edit.start, finding.start);
    if (within > 0) gone += within;
  }
  return gone > 0 && gone * 2 >= finding.end - finding.start ? "covered" : "open";
}

function doneIn(article) {
  if (!hasWork(article)) return 0;
  workOf(article);
  article.done ??= findingsOf(article).filter((each) => stateOf(article, each) !== "open").length;
  return article.done;
}

// --- changes of the text ---------------------------------------------------------------------

// The smallest edits that turn the words found into the new ones, so that decisions on a sentence
// and on a word of it can both stand.
function editsOf(finding, text) {
  const pieces = (words) => words.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
  const old = pieces(finding.text), fresh = pieces(text);
  let head = 0, tail = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  while (tail < old.length - head && tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  const a = old.slice(head, old.length - tail), b = fresh.slice(head, fresh.length - tail);
  const runs = a.length > DIFF_MOST || b.length > DIFF_MOST ? [[a, b, []]] : differing(a, b);
  const edits = [];
  let place = finding.start + old.slice(0, head).join("").length;
  for (const [out, into, same] of runs) {
    const end = place + out.join("").length;
    if (out.length || into.length) edits.push({ start: place, end, text: into.join("") });
    place = end + same.join("").length;
  }
  return edits;
}

// Runs of [taken out, put in, left as it is] by the longest common subsequence.
function differing(a, b) {
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const runs = [[[], [], []]];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    let run = runs[runs.length - 1];
    if (i < a.length && j < b.length && a[i] === b[j]) {
      run[2].push(a[i]);
      i++, j++;
      continue;
    }
    if (run[2].length) {
      // Spaces and marks between two changes do not part them.
      if ((run[0].length || run[1].length) && !/[\p{L}\p{N}]/u.test(run[2].join(""))) {
        run[0].push(...run[2]);
        run[1].push(...run[2]);
        run[2] = [];
      } else {
        runs.push(run = [[], [], []]);
      }
    }
    if (j >= b.length || (i < a.length && best[i + 1][j] >= best[i][j + 1])) run[0].push(a[i++]);
    else run[1].push(b[j++]);
  }
  return runs;
}

function clash(a, b) {
  if (a.start === b.start && a.end === b.end) return a.text !== b.text;
  if (a.start === a.end) return a.start > b.start && a.start < b.end;
  if (b.start === b.end) return b.start > a.start && b.start < a.end;
  return a.start < b.end && b.start < a.end;
}

// All edits of an article in order, each with the fingerprints of the decisions that ask for it.
function changesOf(article) {
  if (article.changes) return article.changes;
  const byPlace = new Map();
  for (const [print, decision] of Object.entries(workOf(article).decisions)) {
    const finding = article.prints.get(print);
    if (!finding || (decision.kind !== "accepted" && decision.kind !== "written")) continue;
    for (const edit of editsOf(finding, decision.text)) {
      const key = `${edit.start} ${edit.end} ${edit.text}`;
      if (byPlace.has(key)) byPlace.get(key).prints.push(print);
      else byPlace.set(key, { ...edit, prints: [print] });
    }
  }
  const sorted = [...byPlace.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  // Decisions that were brought in from elsewhere may run into each other: the first one stands.
  article.changes = [];
  for (const edit of sorted) {
    if (!article.changes.some((taken) => clash(taken, edit))) article.changes.push(edit);
  }
  return article.changes;
}

function mended(article) {
  if (!hasWork(article)) return article.text;
  let text = "", place = 0;
  for (const edit of changesOf(article)) {
    text += article.text.slice(place, edit.start) + edit.text;
    place = edit.end;
  }
  return text + article.text.slice(place);
}

// --- decisions out and in --------------------------------------------------------------------

function exported(author) {
  const articles = [];
  for (const article of DATA.articles) {
    if (!hasWork(article) || !Object.keys(workOf(article).decisions).length) continue;
    const text = mended(article);
    articles.push({
      id: article.id,
      path: article.path,
      system: article.system,
      source: article.source,
      translation: article.text,
      published: text === article.text ? null : text,
      done: doneIn(article),
      findings: article.findings.length,
      decisions: findingsOf(article).flatMap((finding) => {
        const decision = workOf(article).decisions[finding.print];
        return decision ? [{
          fingerprint: finding.print, rule: finding.rule.id, severity: finding.severity,
          words: finding.text, context: contextOf(article, finding), decision: decision.kind,
          replacement: decision.text ?? null, reason: decision.reason ?? null,
          note: decision.note || null, when: decision.when,
        }] : [];
      }),
    });
  }
  return {
    mtaudit: "decisions", schema: 1, report: DATA.key, signature: DATA.signature,
    author: author || null, exported: now(), articles,
  };
}

// The words found with up to four on either side, on their line.
function contextOf(article, finding) {
  const from = finding.start ? article.text.lastIndexOf("\n", finding.start - 1) + 1 : 0;
  const to = (article.text + "\n").indexOf("\n", finding.end);
  const before = finding.start > from ? article.text.slice(from, finding.start).slice(-160) : "";
  const after = article.text.slice(finding.end, to).slice(0, 160);
  const words = [
    ...before.split(/(?<=\s)(?=\S)/).slice(-4), finding.text, ...after.split(/(?<=\S)(?=\s)/).slice(0, 4),
  ];
  return words.join("").trim();
}

// Takes decisions in; where both sides decided, the later one stands. Gives [taken, unknown].
function imported(document) {
  if (document?.mtaudit !== "decisions" || document.schema !== 1 || !Array.isArray(document.articles)) {
    throw new TypeError("not decisions");
  }
  let taken = 0, unknown = 0;
  const byId = new Map(DATA.articles.map((article) => [article.id, article]));
  for (const given of document.articles) {
    const article = byId.get(given?.id);
    const changes = {};
    for (const each of Array.isArray(given?.decisions) ? given.decisions : []) {
      const finding = article && (workOf(article), article.prints.get(each?.fingerprint));
      const decision = finding && readDecision(each);
      if (!decision) { unknown++; continue; }
      const own = workOf(article).decisions[finding.print];
      if (!own || own.when < decision.when) changes[finding.print] = decision;
      taken++;
    }
    if (Object.keys(changes).length) decide(article, changes);
  }
  return [taken, unknown];
}

function readDecision(each) {
  const note = typeof each.note === "string" ? each.note : "";
  const when = typeof each.when === "string" ? each.when : "";
  if (each.decision === "noted") return { kind: "noted", note, when };
  if (each.decision === "dismissed" && REASONS.includes(each.reason)) {
    return { kind: "dismissed", reason: each.reason, note, when };
  }
  if (["accepted", "written"].includes(each.decision) && typeof each.replacement === "string") {
    return { kind: each.decision, text: each.replacement, note, when };
  }
  return null;
}

DATA.articles.forEach((article, index) => { article.index = index; });
