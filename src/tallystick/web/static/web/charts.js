/* Draws the table of months as a chart above it, with uPlot. The figures are the table's own; without scripts the table says it all. */
"use strict";

(() => {
  const figure = document.querySelector('[data-chart="months"]');
  const table = document.getElementById("months");
  if (!figure || !table || !window.uPlot) return;

  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const months = rows.map((row) => row.cells[0].textContent.trim());
  const figures = (place) => rows.map((row) => (row.cells[place].dataset.value === "" ? null : Number(row.cells[place].dataset.value)));
  const delivered = figures(1);
  const both = figures(2).map((kept, place) => Math.max(0, kept) + delivered[place]);
  const data = [rows.map((_row, place) => place), both, delivered, figures(3)];

  const draw = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const font = "12px " + getComputedStyle(document.body).fontFamily;
    const bars = uPlot.paths.bars({ size: [0.6, 48] });
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font };
    const short = (value) => Intl.NumberFormat("en", { notation: "compact" }).format(value);
    figure.hidden = false;
    figure.replaceChildren();
    return new uPlot(
      {
        width: figure.clientWidth,
        height: 240,
        cursor: { show: false },
        legend: { show: false },
        scales: { x: { time: false, range: [-0.6, rows.length - 0.4] }, y: { range: (_u, _low, high) => [0, high || 1] }, share: { range: [0, 1] } },
        axes: [
          { ...axis, grid: { show: false }, splits: () => data[0], values: (_u, places) => places.map((place) => (labels(figure.clientWidth, place) ? months[place] : "")) },
          { ...axis, size: 56, values: (_u, values) => values.map(short) },
          { ...axis, scale: "share", side: 1, grid: { show: false }, size: 40, values: (_u, values) => values.map((value) => value.toFixed(1)) },
        ],
        series: [
          {},
          { label: heads[2], paths: bars, fill: colour("--commission"), stroke: colour("--commission"), points: { show: false } },
          { label: heads[1], paths: bars, fill: colour("--recipient"), stroke: colour("--recipient"), points: { show: false } },
          { label: heads[3], scale: "share", stroke: colour("--ink"), width: 2, spanGaps: true, points: { show: true, size: 6, fill: colour("--ink") } },
        ],
      },
      data,
      figure,
    );
  };

  /* Whether there is room for this month's name: about a hundred and twenty pixels each, counted from the last. */
  const labels = (width, place) => (rows.length - 1 - place) % Math.max(1, Math.ceil((rows.length * 120) / Math.max(1, width - 100))) === 0;

  let chart = draw();
  const again = () => {
    chart.destroy();
    chart = draw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  let width = figure.clientWidth;
  addEventListener("resize", () => {
    if (figure.clientWidth !== width) {
      width = figure.clientWidth;
      again();
    }
  });
})();
