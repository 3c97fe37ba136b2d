import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";

import type { Analytics } from "../api/apiService";
import { t } from "../text";
import { dayInUtc } from "../text/times";

type Series = Analytics["series"];

const lines = [
  { name: "created", color: "--iv-line-1", dash: [] },
  { name: "redeemed", color: "--iv-line-2", dash: [7, 4] },
  { name: "expired", color: "--iv-line-3", dash: [2, 4] },
] as const;
const height = 260;

/** Changes with the user's colour scheme, because a canvas does not follow it. */
function useScheme(): boolean {
  const [query] = useState(() => matchMedia("(prefers-color-scheme: dark)"));
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const follow = () => setDark(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, [query]);
  return dark;
}

function optionsFor(width: number, ends: () => Series): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: color("--iv-muted"),
    grid: { stroke: color("--iv-border"), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  return {
    width,
    height,
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(most, 4)] } },
    axes: [
      { ...axis, grid: { show: false }, values: (_, at) => at.map((i) => nameOf(ends(), i)), incrs: [1, 2, 5, 7, 10, 14] },
      { ...axis, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000] },
    ],
    series: [
      { label: t("numbers.day"), value: (_, i: number | null) => (i === null ? "" : nameOf(ends(), i)) },
      ...lines.map((l) => ({
        label: t(`numbers.${l.name}`),
        stroke: color(l.color),
        dash: [...l.dash],
        width: 2,
        points: { show: false },
      })),
    ],
    cursor: { drag: { x: false, y: false } },
  };
}

const nameOf = (series: Series, i: number) => (series[i] === undefined ? "" : dayInUtc(series[i].start));

const dataOf = (series: Series): uPlot.AlignedData => [
  series.map((_, i) => i),
  ...lines.map((l) => series.map((s) => s[l.name])),
];

/** The series as lines, with different dashes, too. The table beside it has the same numbers. */
export function SeriesChart({ series }: { series: Series }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef(series);
  shown.current = series;
  const dark = useScheme();

  useEffect(() => {
    const within = place.current;
    if (within === null) return;
    const made = new uPlot(optionsFor(within.clientWidth, () => shown.current), dataOf(shown.current), within);
    plot.current = made;
    const fit = new ResizeObserver(() => made.setSize({ width: within.clientWidth, height }));
    fit.observe(within);
    return () => {
      fit.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [dark, series.length]);
  useEffect(() => plot.current?.setData(dataOf(series)), [series]);

  return <div ref={place} className="iv-chart" role="img" aria-label={t("numbers.chart")} />;
}
