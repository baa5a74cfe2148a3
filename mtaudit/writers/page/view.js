// Elements, words, numbers and what the whole page shares. Text goes in as text nodes alone.

const SVG = "http://www.w3.org/2000/svg";
const root = document.documentElement;
const page = document.getElementById("page");

// el("p", { class: "a", onclick: f, "aria-label": "b" }, "text", [more])
function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// --- words and numbers -----------------------------------------------------------------------

let language = "en";
let locale = "en"; // with the reader's country, where the browser tells it

function word(key, ...values) {
  const text = LABELS[language][key] ?? key;
  return values.length ? text.replace(/\{(\d)\}/g, (_, n) => values[n]) : text;
}

function family(name) {
  return LABELS[language]["family_" + name] ?? name;
}

function number(value) {
  return value.toLocaleString(locale);
}

function manyOf(count, key) {
  const [one, many] = word(key).split("|");
  return (language === "fr" ? count < 2 : count === 1) ? one : many;
}

function counted(count, key) {
  return `${number(count)} ${manyOf(count, key)}`;
}

// Rounded down: 94.96 is not shown as the 95 that it missed.
function score(value) {
  const shown = Math.floor(value * 10 + 1e-6) / 10;
  return shown.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function date(value) {
  const time = /^\d{4}-\d\d-\d\d/.test(value ?? "") ? new Date(value.slice(0, 10) + "T12:00") : NaN;
  return Number.isNaN(+time) ? value : time.toLocaleDateString(locale, { dateStyle: "long" });
}

function announce(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  // A change in a later frame is read out even if the words are the same.
  requestAnimationFrame(() => { live.textContent = text; });
}

// --- signs -----------------------------------------------------------------------------------

// Each severity has a shape of its own, so that colour is never alone.
const SHAPES = {
  critical: "M5 0 10 5 5 10 0 5Z", major: "M5 .5 10 9.5H0Z",
  minor: "M5 1a4 4 0 1 1 0 8a4 4 0 1 1 0-8Z", neutral: "M1 4h8v2H1Z",
};

function sign(severity) {
  return svg("svg", { class: "sign " + severity, viewBox: "0 0 10 10", "aria-hidden": "true" },
    svg("path", { d: SHAPES[severity] }));
}

function tally(severity, count, of) {
  const told = of === undefined || of === count ? number(count) : word("matching", number(count), number(of));
  return el("span", { class: "tally", title: word(severity) }, sign(severity), told,
    el("span", { class: "unseen" }, " " + word(severity)));
}

function bar(done, all, label) {
  const line = svg("rect", { class: "done", width: all ? (100 * done) / all : 100, height: 4 });
  const told = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return svg("svg", { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", ...told },
    svg("rect", { class: "all", width: 100, height: 4 }), line);
}

function button(label, onclick, attributes) {
  return el("button", { type: "button", onclick, ...attributes }, label);
}

function key(name) {
  return el("kbd", { "aria-hidden": "true" }, name);
}

function choice(label, options, chosen, onchange) {
  const select = el("select", { onchange: () => onchange(select.value) },
    options.map(([value, told]) => el("option", { value, selected: value === chosen }, told)));
  return el("label", { class: "choice" }, el("span", {}, label), select);
}

// --- settings of the reader ------------------------------------------------------------------

function setLanguage(code) {
  language = LABELS[code] ? code : "en";
  locale = (navigator.languages ?? []).find((each) => each.slice(0, 2) === language) ?? language;
  root.lang = language;
  document.title = word("title");
}

const THEMES = ["auto", "light", "dark"];

function setTheme(name) {
  if (name === "auto" || !THEMES.includes(name)) delete root.dataset.theme;
  else root.dataset.theme = name;
}

function theme() {
  return root.dataset.theme ?? "auto";
}

function topBar(...middle) {
  const swap = () => {
    const code = LABELS[language].otherCode;
    keep.set("mtaudit:language", code);
    setLanguage(code);
    show();
    document.querySelector(".swap").focus();
  };
  const turn = (event) => {
    const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
    keep.set("mtaudit:theme", next);
    setTheme(next);
    event.target.textContent = word("theme", word(next));
  };
  return el("header", { class: "top" },
    el("a", { class: "skip", href: "#content", onclick: skip }, word("skip")),
    el("span", { class: "mark" }, "mtaudit"),
    middle,
    el("span", { class: "tools" },
      button(word("workMenu"), openWork),
      button(word("help"), openHelp, { "aria-keyshortcuts": "?" }),
      button(word("theme", word(theme())), turn),
      button(word("other"), swap, { class: "swap", lang: LABELS[language].otherCode })));
}

function skip(event) {
  event.preventDefault(); // the address holds the state, not a place of the page
  document.getElementById("content").focus();
}

// --- dialogs ---------------------------------------------------------------------------------

function dialog(title, ...content) {
  const box = el("dialog", { "aria-labelledby": "dialog-title", onclose: () => box.remove() },
    el("div", { class: "dialog-head" }, el("h2", { id: "dialog-title" }, title),
      button(word("close"), () => box.close(), { class: "quiet" })),
    content);
  document.body.append(box);
  box.showModal();
  return box;
}

function openHelp() {
  const on = el("input", { type: "checkbox", checked: keysOn(), onchange: () => keep.set("mtaudit:keys", on.checked ? null : "off") });
  dialog(word("helpTitle"),
    el("dl", { class: "keys" }, LABELS[language].keys.map(([keys, what]) => el("div", {},
      el("dt", {}, keys === "1 … 9" ? el("kbd", {}, keys) : keys.split(" ").map((each) => el("kbd", {}, each))),
      el("dd", {}, what)))),
    el("label", { class: "check" }, on, " ", word("keysOn")));
}

function keysOn() {
  return keep.get("mtaudit:keys") !== "off";
}

function saveFile(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function fileName(name) {
  return name.replace(/^.*[/\\]/, "").replace(/\.\w{1,5}$/, "").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80) || "article";
}

function openWork() {
  const told = el("p", { class: "told", role: "status" }, word(keep.works ? "kept" : "lost"));
  const author = el("input", {
    value: keep.get("mtaudit:author") ?? "", autocomplete: "name",
    onchange: () => keep.set("mtaudit:author", author.value.trim() || null),
  });
  const out = () => {
    const made = exported(author.value.trim());
    saveFile(`decisions-${DATA.key.slice(0, 8)}.json`, JSON.stringify(made, null, 1) + "\n", "application/json");
    told.textContent = word("exported", number(made.articles.reduce((sum, each) => sum + each.decisions.length, 0)));
  };
  const file = el("input", {
    type: "file", accept: ".json,application/json", class: "unseen", tabindex: "-1", "aria-label": word("importIt"),
    onchange: async () => {
      try {
        told.textContent = word("imported", ...imported(JSON.parse(await file.files[0].text())).map(number));
        show();
      } catch {
        told.textContent = word("badImport");
      }
      file.value = "";
    },
  });
  const forget = () => {
    if (!confirm(word("forgetSure"))) return;
    for (const article of DATA.articles) {
      article.work = { decisions: {}, past: [], future: [] };
      save(article);
    }
    box.close();
    show();
  };
  const box = dialog(word("workMenu"), told,
    el("label", { class: "field" }, el("span", {}, word("author")), author),
    el("div", { class: "row" },
      button(word("exportIt"), out, { class: "main" }),
      button(word("importIt"), () => file.click()), file,
      button(word("forget"), forget, { class: "quiet" })));
}
