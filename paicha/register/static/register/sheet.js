// The register of a branch as a sheet. Tabulator draws it and moves about in it; what is typed, pasted, saved and taken
// back is decided here. A row is saved when one leaves it; nothing typed is dropped before the server has it.
const given = JSON.parse(document.getElementById("sheet-data").textContent);
const foot = document.getElementById("foot");
const faults = document.getElementById("faults");
const conflicts = document.getElementById("conflicts");
const ARROWS = {
  ...{ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] },
  ...{ PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -99], End: [0, 99] },
};
const FOOT = 104; // pixels below the sheet: what is wrong in the cell, and the counts
const WAIT = 4000; // milliseconds after the last change, should nobody leave the row
const done = []; // steps that can be taken back: lists of {entry, before, after}
let standing = given.standing;
let saving = null;
let timer = 0;
let here = null; // the cell that is chosen
let last = null; // the cell chosen before it
let editing = false;
let trouble = "";
let undone = false; // whether the last thing done was to take something back
let token = document.querySelector("#token input").value;
let expired = false; // whether the session ended: the next try takes a token of the new one first

const blank = () => ({ key: `new-${(blank.count = (blank.count || 0) + 1)}`, entry: null, version: null, number: "", found: {}, changed: {} });

function shown(row) {
  const found = {};
  for (const finding of row.findings) (found[finding.column] = found[finding.column] || []).push(finding);
  return { key: row.entry, entry: row.entry, version: row.version, number: row.number, found, changed: {}, ...row.cells };
}

function formatted(cell) {
  const row = cell.getData();
  const field = cell.getField();
  const states = (row.found[field] || []).map((finding) => finding.state);
  const element = cell.getElement();
  element.classList.toggle("error", states.includes("error"));
  element.classList.toggle("warning", !states.includes("error") && states.includes("warning"));
  element.classList.toggle("changed", field in row.changed);
  element.title = (row.found[field] || []).map((finding) => finding.words).join("；");
  return document.createTextNode(cell.getValue() || "");
}

function named(cell) {
  const row = cell.getData();
  return document.createTextNode(row.entry ? `${row.number} ${row.c1 || "（没有姓名）"}` : "新登记");
}

for (const column of given.columns.filter((each) => each.choices.length)) {
  const list = document.createElement("datalist");
  list.id = `choices-${column.field}`;
  for (const choice of column.choices) list.append(Object.assign(document.createElement("option"), { value: choice }));
  document.body.append(list);
}

const table = new window.Tabulator("#sheet", {
  data: [...given.rows.map(shown), blank()],
  index: "key",
  height: Math.max(280, window.innerHeight - document.getElementById("sheet").getBoundingClientRect().top - window.scrollY - FOOT),
  layout: "fitData",
  selectableRange: 1,
  selectableRangeColumns: false,
  selectableRangeRows: false,
  selectableRangeClearCells: false,
  columnDefaults: { headerSort: false, resizable: "header", formatter: formatted },
  // Number and name stay in sight; a frozen column that can be edited is more than Tabulator's ranges bear.
  rowHeader: { title: "序号 姓名", field: "number", width: 128, frozen: true, headerSort: false, resizable: false, formatter: named, cssClass: "number" },
  columns: given.columns.map((column) => ({
    title: column.group ? `${column.group} · ${column.title}` : column.title,
    field: column.field,
    width: column.width,
  })),
});
const board = document.getElementById("board");
const element = document.getElementById("sheet");
const fields = given.columns.map((column) => column.field);

const columns = new Map(given.columns.map((column) => [column.field, column]));

// One input lies over the chosen cell and always has the focus, unseen until something is typed: an input method for
// Chinese composes only in a field, and would lose its first syllable were the field made at the first key.
const input = Object.assign(document.createElement("input"), { type: "text", maxLength: 500, className: "typing", autocomplete: "off" });
board.append(input);

table.on("tableBuilt", () => {
  element.querySelector(".tabulator-tableholder").removeAttribute("tabindex"); // Tab comes and goes by the input alone
  say();
  choose(table.getRows()[0].getCell(fields[0]));
});

table.on("rangeChanged", (range) => {
  const cell = range.getCells().flat()[0];
  if (!cell) return;
  if (editing && cell.getRow() === here.getRow() && cell.getField() === here.getField()) return; // a double click
  if (editing) commit();
  const before = last;
  here = last = fields.includes(cell.getField()) ? cell : cell.getRow().getCell(fields[0]);
  tell(here);
  setTimeout(place, 0);
  if (before && before.getRow() !== here.getRow() && dirty([before.getRow()]).length) save();
});

// Puts the input over the chosen cell, ready for the next key.
function place() {
  if (!here || editing) return;
  const column = columns.get(here.getField());
  const drawn = here.getElement();
  if (!(drawn instanceof Element)) return; // scrolled out of sight: Tabulator draws only what is seen
  const cell = drawn.getBoundingClientRect();
  const sheet = board.getBoundingClientRect();
  Object.assign(input.style, { left: `${cell.left - sheet.left}px`, top: `${cell.top - sheet.top}px`, width: `${cell.width}px`, height: `${cell.height}px` });
  input.value = "";
  input.setAttribute("list", column.choices.length ? `choices-${column.field}` : "");
  input.setAttribute("aria-label", `第${here.getData().number || "新"}行 ${column.title} ${here.getValue() || "空"}`);
  const inside = board.contains(document.activeElement) || document.activeElement === document.body;
  if (inside) input.focus({ preventScroll: true });
}

function edit(value) {
  if (columns.get(here.getField()).reckoned) {
    input.value = "";
    return;
  }
  editing = true;
  input.classList.add("open");
  if (value !== null) input.value = value;
}

// What stands in the input goes into the cell; an empty one over a masked number changes nothing.
function commit() {
  const column = columns.get(here.getField());
  const text = input.value.trim();
  close();
  if (text !== (here.getValue() || "").trim() && !(column.masked && text === "")) change(here.getRow(), here.getField(), text);
}

function close() {
  editing = false;
  input.classList.remove("open");
  input.value = "";
}

element.addEventListener("mouseup", () => setTimeout(place, 0));
element.addEventListener("dblclick", () => begin());
table.on("scrollVertical", () => (editing ? commit() : place()));
table.on("scrollHorizontal", () => (editing ? commit() : place()));

function begin() {
  const masked = columns.get(here.getField()).masked;
  edit(masked ? "" : here.getValue() || "");
  input.focus();
}

input.addEventListener("compositionstart", () => editing || edit(null));
input.addEventListener("input", () => editing || edit(null));
input.addEventListener("blur", () => editing && commit());
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const moves = { Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1], ...(editing ? {} : ARROWS) };
  if (event.key === "Enter" && !editing) begin();
  else if (moves[event.key]) {
    if (event.key === "Tab" && !fields[fields.indexOf(here.getField()) + moves.Tab[1]]) return; // out of the sheet
    const from = here;
    if (editing) commit();
    step(from, moves[event.key]);
  } else if (event.key === "F2") begin();
  else if (event.key === "Escape") close();
  else if (editing) return; // arrows move within the text
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") undo();
  else if (event.key === "Delete" || event.key === "Backspace") {
    if (here.getValue()) change(here.getRow(), here.getField(), "");
  } else return; // a letter opens the input
  event.preventDefault();
});

function change(row, field, text) {
  if (columns.get(field).reckoned) return; // ages are the register's own, also where a block brings some
  const data = row.getData();
  row.update({ changed: { ...data.changed, [field]: text }, [field]: text });
  row.reformat();
  if (!table.getRows().some((each) => !each.getData().entry && !Object.keys(each.getData().changed).length)) table.addRow(blank());
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
  undone = false;
  say();
}

function dirty(rows = table.getRows()) {
  return rows.filter((row) => Object.keys(row.getData().changed).length);
}

function choose(cell) {
  here = cell;
  const range = table.getRanges()[0];
  if (range) range.setBounds(cell, cell);
  place();
}

function step(cell, [down, right]) {
  const rows = table.getRows();
  const within = (at, length) => Math.max(0, Math.min(length - 1, at));
  const row = rows[within(rows.indexOf(cell.getRow()) + down, rows.length)];
  const field = fields[within(fields.indexOf(cell.getField()) + right, fields.length)];
  choose(row.getCell(field)); // at once: the next key is already on its way
  Promise.allSettled([table.scrollToRow(row, "nearest", false), table.scrollToColumn(field, "middle", false)]).then(place);
}

// A block from WPS: cells by tabs, rows by line breaks, a cell with either in quotation marks.
function cells(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    const row = rows[rows.length - 1];
    const last = row.length - 1;
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') row[last] += text[(i += 1)];
      else if (c === '"') quoted = false;
      else row[last] += c;
    } else if (c === '"' && row[last] === "") quoted = true;
    else if (c === "\t") row.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") row[last] += c;
  }
  if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
  return rows;
}

input.addEventListener("paste", (event) => {
  if (editing) return;
  event.preventDefault();
  paste(cells(event.clipboardData.getData("text/plain")));
});

input.addEventListener("copy", (event) => {
  if (editing) return;
  const chosen = table.getRanges()[0].getStructuredCells();
  event.clipboardData.setData("text/plain", chosen.map((row) => row.map((cell) => cell.getValue() || "").join("\t")).join("\n"));
  event.preventDefault();
});

async function paste(block) {
  const left = fields.indexOf(here.getField());
  if (left < 0) return;
  const top = table.getRows().indexOf(here.getRow());
  for (let i = 0; i < block.length; i += 1) {
    let row = table.getRows()[top + i];
    if (!row) row = await table.addRow(blank());
    block[i].slice(0, fields.length - left).forEach((text, j) => {
      const old = row.getData()[fields[left + j]] || "";
      if (text.trim() !== old) change(row, fields[left + j], text.trim());
    });
  }
  save();
}

async function save() {
  clearTimeout(timer);
  if (saving) return saving.then(save);
  const rows = dirty();
  if (!rows.length) return undefined;
  const sent = rows.map((row) => ({ row, changed: row.getData().changed }));
  const body = sent.map(({ row, changed }) => ({ entry: row.getData().entry, base: row.getData().version, cells: changed }));
  saving = post(given.save, body).then((answer) => {
    saving = null;
    if (answer) taken(answer, sent);
    else say();
  });
  say();
  return saving;
}

function taken(answer, sent) {
  if (answer.stale) return disagree(answer, sent);
  const fresh = answer.written.filter((each) => each.before === null).map((each) => each.entry);
  for (const { row, changed } of sent) {
    if (!row.getData().entry && Object.values(changed).some((words) => words.trim())) row.update({ entry: fresh.shift() || null });
    drop(row, changed);
  }
  if (answer.written.length) done.push(answer.written);
  refresh(answer.rows, answer.written);
  return undefined;
}

// What was sent is no longer a change, but for what was typed into the same cell meanwhile.
function drop(row, sent) {
  const left = Object.entries(row.getData().changed).filter(([field, text]) => sent[field] !== text);
  row.update({ changed: Object.fromEntries(left) });
}

// Rows as they stand now. One that has changes left keeps its version unless `written` made it newer: were it brought
// up to somebody else's, ours would go over theirs unseen.
function refresh(rows, written = []) {
  const by = new Map(rows.map((row) => [row.entry, row]));
  const ours = new Set(written.map((each) => each.entry));
  for (const row of table.getRows()) {
    const data = row.getData();
    const now = by.get(data.entry);
    if (now && dirty([row]).length && now.version !== data.version && !ours.has(data.entry)) continue;
    if (now) row.update({ ...shown(now), key: data.key, changed: data.changed, ...data.changed });
    else if (data.entry) row.delete();
    row.reformat();
  }
  count(rows);
  tell(here);
}

// Everybody on the register counts, also who is not shown.
function count(rows) {
  const all = rows.flatMap((row) => row.findings);
  const of = (state) => all.filter((finding) => finding.state === state).length;
  standing = { people: rows.length, errors: of("error"), warnings: of("warning") };
  say();
}

// Somebody else was first: both are shown, column by column, and one of the two is chosen for each row.
function disagree(answer, sent) {
  conflicts.replaceChildren();
  for (const entry of answer.stale) {
    const theirs = answer.rows.find((row) => row.entry === entry);
    const mine = sent.find(({ row }) => row.getData().entry === entry);
    if (mine) conflicts.append(theirs ? choice(theirs, mine) : gone(mine));
  }
  say();
}

function choice(theirs, { row, changed }) {
  const box = document.createElement("div");
  box.className = "notice warning";
  const name = theirs.cells.c1 || "（没有姓名）";
  box.append(text("p", `${name}刚被别人改过。请选用哪一份，另一份不会写入：`));
  const list = document.createElement("table");
  list.append(line("th", ["栏目", "现在台账里", "您填的"]));
  for (const column of given.columns.filter((each) => each.field in changed)) {
    list.append(line("td", [column.title, theirs.cells[column.field], changed[column.field]]));
  }
  box.append(list);
  box.append(button("用我填的", () => {
    row.update({ version: theirs.version });
    box.remove();
    save();
  }));
  box.append(" ", button("用台账里的", () => {
    row.update({ ...shown(theirs), key: row.getData().key });
    row.reformat();
    box.remove();
    save();
  }));
  return box;
}

function gone({ row }) {
  const box = document.createElement("div");
  box.className = "notice error";
  box.append(text("p", `${row.getData().c1 || "这个人"}已被别人销册，改动没有写入。`));
  box.append(button("知道了", () => {
    row.delete();
    box.remove();
  }));
  return box;
}

async function undo() {
  if (dirty().length) await save();
  const newest = done.pop();
  if (!newest) {
    trouble = "没有可以撤销的";
    return say();
  }
  const answer = await post(given.undo, newest.map((each) => ({ entry: each.entry, base: each.after, to: each.before })));
  if (!answer) done.push(newest);
  else if (answer.stale) trouble = "后来又有人改过，没有撤销";
  else took(newest, answer.rows);
  if (answer) refresh(answer.rows);
  return say();
}

// What stood before has come back as a new version: the steps before this one end in it now.
function took(step, rows) {
  undone = true;
  const now = new Map(rows.map((row) => [row.entry, row.version]));
  const ends = new Map(step.map((each) => [each.before, now.get(each.entry)]));
  for (const each of done.flat()) if (ends.get(each.after)) each.after = ends.get(each.after);
}

// The answer, {stale} among it; null where the server has nothing of it, and `trouble` says why.
async function post(url, rows) {
  trouble = "";
  const body = JSON.stringify({ rows });
  try {
    if (expired) await renew();
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body,
      redirect: "manual",
      keepalive: body.length < 16000, // a browser lets no more than 64 KiB outlive its page
    });
    if (answer.ok || answer.status === 409) return await answer.json();
    expired = answer.type === "opaqueredirect" || answer.status === 403;
    if (answer.type === "opaqueredirect") trouble = "登录已过期：请在另一个窗口登录，再回来按“再试一次”，填的还在这里";
    else if (answer.status === 403) trouble = "没有权限，或在别的窗口重新登录过：请按“再试一次”；还不行，先把没保存的抄下来，再刷新页面";
    else if ((answer.headers.get("Content-Type") || "").includes("json")) trouble = (await answer.json()).message;
    else trouble = `服务器出错（${answer.status}），请告诉系统管理员`;
  } catch {
    trouble = "连不上服务器，填的还在这里";
  }
  return null;
}

// Signing in anew changes the token; the page as it is served now holds the new one.
async function renew() {
  const page = await fetch(window.location.href, { redirect: "manual" });
  if (!page.ok) return;
  token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#token input").value;
  expired = false;
}

function tell(cell) {
  const found = cell ? cell.getData().found[cell.getField()] || [] : [];
  faults.replaceChildren(...found.map((each) => text("span", each.words, `tag ${each.state}`)).flatMap((each) => [each, " "]));
}

function say() {
  const left = dirty().length;
  const parts = [`${standing.people} 人`];
  if (standing.errors) parts.push(`${standing.errors} 处错误`);
  if (standing.warnings) parts.push(`${standing.warnings} 处提醒`);
  if (left) parts.push(saving ? "正在保存" : `${left} 行还没有保存`);
  else if (undone) parts.push("已撤销");
  else if (done.length) parts.push("已保存");
  foot.replaceChildren(parts.join(" · "));
  if (trouble) {
    foot.append(" · ", text("span", trouble, "unsaved"));
    if (left) foot.append(" ", button("再试一次", save));
  }
}

function text(tag, words, className = "") {
  return Object.assign(document.createElement(tag), { textContent: words, className });
}

function line(tag, words) {
  const row = document.createElement("tr");
  row.append(...words.map((each) => text(tag, each)));
  return row;
}

function button(words, press) {
  const made = text("button", words);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
window.addEventListener("beforeunload", (event) => {
  if (!dirty().length) return;
  save();
  event.preventDefault();
  event.returnValue = "";
});
