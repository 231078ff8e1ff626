import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { make } from '../dom';
import { calmly } from '../live';
import { language } from '../words';
import { words } from './words';

interface Series {
  name: string;
  label: string;
  values: number[];
}

const HEIGHT = 190;
/** Figures of days change when jobs end; nobody needs each end by itself. */
const PAUSE = 3000;
const COLOURS: Record<string, string> = {
  done: '--good',
  failed: '--bad',
  waiting: '--warn',
  work: '--accent',
  media: '--soft',
};
const BARS = new Set(['done', 'failed']);
/** From the back to the front. */
const LAYERS = ['failed', 'done', 'media', 'work', 'waiting'];

const axisDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const fullDay = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** Draws the table that stands inside it. The table stays: it says the same to whoever does not see the drawing. */
class RegieChart extends HTMLElement {
  private days: Date[] = [];
  private readonly plots: { plot: uPlot; series: Series[] }[] = [];
  private readonly resized = new ResizeObserver(() => this.fit());
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly redraw = () => this.draw();
  private readonly soon = calmly(() => void this.refresh(), PAUSE);
  private readonly onHint = (event: DocumentEventMap['regie:hint']) => {
    if (event.detail.type === 'job') this.soon();
  };

  connectedCallback(): void {
    this.draw();
    this.resized.observe(this);
    this.dark.addEventListener('change', this.redraw);
    document.addEventListener('regie:theme', this.redraw);
    document.addEventListener('regie:hint', this.onHint);
    document.addEventListener('regie:again', this.soon);
  }

  disconnectedCallback(): void {
    this.resized.disconnect();
    this.dark.removeEventListener('change', this.redraw);
    document.removeEventListener('regie:theme', this.redraw);
    document.removeEventListener('regie:hint', this.onHint);
    document.removeEventListener('regie:again', this.soon);
  }

  /** Looks again; what stands open stays so. */
  private async refresh(): Promise<void> {
    let fresh: Document;
    try {
      const response = await fetch(this.dataset.source ?? '', { cache: 'no-store', redirect: 'error' });
      if (!response.ok) return;
      fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    } catch {
      // Away for a moment; the connection's return brings the next look.
      return;
    }
    const rows = this.querySelector('tbody');
    const freshRows = fresh.querySelector('tbody');
    if (!rows || !freshRows || rows.innerHTML === freshRows.innerHTML) return;
    rows.replaceWith(freshRows);
    const panel = this.closest<HTMLElement>('[data-figures]');
    if (panel) panel.hidden = fresh.querySelector<HTMLElement>('[data-figures]')?.hidden ?? false;
    this.draw();
  }

  private draw(): void {
    for (const { plot } of this.plots.splice(0)) plot.destroy();
    for (const old of this.querySelectorAll('.chart')) old.remove();
    const table = this.querySelector('table');
    if (!table) return;
    const rows = [...table.tBodies[0]!.rows];
    this.days = rows.map((row) => new Date(`${row.querySelector('time')!.dateTime}T12:00:00Z`));
    const charts = new Map<string, Series[]>();
    [...table.tHead!.rows[0]!.cells].forEach((head, column) => {
      const { chart, series } = head.dataset;
      if (!chart || !series) return;
      const values = rows.map((row) => {
        const cell = row.cells[column]!;
        return Number(cell.dataset.value ?? cell.textContent);
      });
      charts.set(chart, [...(charts.get(chart) ?? []), { name: series, label: head.textContent ?? '', values }]);
    });
    for (const series of charts.values()) {
      if (series.some(({ values }) => values.some((value) => value > 0))) this.plot(series);
    }
    this.setAttribute('ready', '');
  }

  private plot(series: Series[]): void {
    const style = getComputedStyle(this);
    const colour = (token: string) => this.resolve(style, token);
    const box = make('figure', 'chart');
    const legend = make('figcaption', 'chart-legend');
    const when = make('span', 'chart-day');
    const numbers = series.map(({ name, label }) => {
      const item = make('span', 'chart-item');
      item.append(make('span', `swatch ${name}`), label, ' ');
      const value = make('b');
      item.append(value);
      legend.append(item);
      return value;
    });
    legend.append(when);
    const tell = (index: number | null | undefined) => {
      series.forEach(({ name, values }, i) => {
        // How many wait is no sum: of all days, the last one counts.
        const all = name === 'waiting' ? (values.at(-1) ?? 0) : values.reduce((sum, value) => sum + value, 0);
        numbers[i]!.textContent = number.format(index == null ? all : (values[index] ?? 0));
      });
      when.textContent = index == null ? words.total : fullDay.format(this.days[index]);
    };
    const canvas = make('div', 'chart-drawing');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', series.map(({ label }) => label).join(', '));
    box.append(legend, canvas);
    this.insertBefore(box, this.querySelector('details'));
    // Bars stand on each other: the failed ones lie behind and are as high as both.
    const done = series.find(({ name }) => name === 'done')?.values ?? [];
    const order = series
      .map((one) => ({
        ...one,
        drawn: one.name === 'failed' ? one.values.map((value, day) => value + (done[day] ?? 0)) : one.values,
      }))
      .sort((a, b) => LAYERS.indexOf(a.name) - LAYERS.indexOf(b.name));
    const ink = colour('--soft');
    const line = colour('--line');
    const font = `12px ${style.fontFamily}`;
    const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    const plot = new uPlot(
      {
        width: this.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: false, range: (_, min, max) => [min - 0.6, max + 0.6] },
          y: { range: (_, __, max) => [0, Math.max(max * 1.08, 1)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            incrs: [1, 2, 5, 7, 10, 14, 30],
            space: 64,
            values: (_, at) => at.map((i) => (this.days[i] ? axisDay.format(this.days[i]) : '')),
          },
          { ...axis, size: 44, space: 40, values: (_, at) => at.map((value) => number.format(value)) },
        ],
        series: [
          {},
          ...order.map(({ name, label }): uPlot.Series => {
            const tint = colour(COLOURS[name] ?? '--accent');
            return BARS.has(name)
              ? {
                  label,
                  width: 0,
                  fill: tint,
                  points: { show: false },
                  paths: uPlot.paths.bars!({ size: [0.6, 22], radius: 0.12 }),
                }
              : { label, stroke: tint, width: 2, points: { show: false }, paths: uPlot.paths.linear!() };
          }),
        ],
        hooks: { setCursor: [(self) => tell(self.cursor.idx)] },
      },
      [this.days.map((_, i) => i), ...order.map(({ drawn }) => drawn)],
      canvas,
    );
    tell(null);
    this.plots.push({ plot, series });
  }

  private fit(): void {
    for (const { plot } of this.plots) {
      if (plot.width !== this.clientWidth) plot.setSize({ width: this.clientWidth, height: HEIGHT });
    }
  }

  /** What a token is in the theme at hand: a canvas knows no tokens. */
  private resolve(style: CSSStyleDeclaration, token: string): string {
    const probe = make('span');
    probe.hidden = true;
    probe.style.color = style.getPropertyValue(token);
    this.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }
}

customElements.define('regie-chart', RegieChart);
