// Draws each chart from the table beside it (paicha/web/charts.py). One hue and grey; a bar or point leads where the
// row's number leads. Without this script the table stands alone.
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FONT = getComputedStyle(document.body).fontFamily;
const HUE = ink("--link");
const SOFT = ink("--soft");
const LINE = ink("--line");
const GREY = "#8b8e94";
const ROW = 33; // pixels: a bar stands in the line of its row
const LINE_HEIGHT = 240;

function rowsOf(figure) {
  return Array.from(figure.querySelectorAll("tbody tr"), (row) => {
    const link = row.querySelector("td a");
    return {
      name: row.querySelector("th").textContent,
      value: Number(row.querySelector("td").textContent),
      address: link ? link.href : "",
      itemStyle: { color: row.classList.contains("unknown") ? GREY : HUE },
    };
  });
}

const labels = { fontFamily: FONT, fontSize: 14, color: ink("--ink") };
const drawn = { animation: false, textStyle: { fontFamily: FONT } };
const shown = { show: true, ...labels };

function bars(rows) {
  return {
    ...drawn,
    grid: { left: 0, right: 48, top: 0, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: { type: "value", show: false, max: Math.max(1, ...rows.map((row) => row.value)) },
    yAxis: {
      ...{ type: "category", inverse: true, data: rows.map((row) => row.name) },
      ...{ axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } }, axisLabel: { ...labels, interval: 0 } },
    },
    series: [{ type: "bar", data: rows, barWidth: 18, label: { ...shown, position: "right" } }],
  };
}

function line(rows) {
  return {
    ...drawn,
    grid: { left: 8, right: 24, top: 24, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      ...{ type: "category", data: rows.map((row) => row.name), axisTick: { show: false } },
      ...{ axisLine: { lineStyle: { color: LINE } }, axisLabel: labels },
    },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: LINE } }, axisLabel: { ...labels, color: SOFT } },
    series: [{ type: "line", data: rows, symbolSize: 8, lineStyle: { color: HUE }, label: { ...shown, position: "top" } }],
  };
}

for (const figure of document.querySelectorAll("figure.chart")) {
  const rows = rowsOf(figure);
  const drawing = figure.querySelector(".drawing");
  const lies = figure.dataset.kind === "bars";
  drawing.style.height = `${lies ? rows.length * ROW : LINE_HEIGHT}px`;
  const chart = window.echarts.init(drawing, null, { renderer: "svg" });
  chart.setOption(lies ? bars(rows) : line(rows));
  chart.on("click", ({ dataIndex }) => rows[dataIndex].address && window.location.assign(rows[dataIndex].address));
  window.addEventListener("resize", () => chart.resize());
  window.matchMedia("print").addEventListener("change", () => chart.resize());
}
