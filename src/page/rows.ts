/** Filters and sorts the findings as the reader asks. The rows come in the order of urgency. */
import { compareRows, isAsked, type Asked, type Row } from './asked.ts';

/** Shows the controls and keeps the list as they say. A page without findings has none. */
export function startRows(): void {
  const form = document.querySelector<HTMLFormElement>('#controls');
  const list = document.querySelector('#rows');
  if (form === null || list === null) return;
  const items = Array.from(list.querySelectorAll<HTMLLIElement>(':scope > li'));
  const rows = new Map(items.map((item, index) => [item, readRow(item, index)]));
  let sorted = 'urgency';
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    const asked = readAsked(form);
    if (asked.sort !== sorted) list.append(...sortItems(items, rows, asked.sort));
    sorted = asked.sort;
    say(form, filterItems(rows, asked), items.length);
  });
}

function readRow(item: HTMLLIElement, index: number): Row {
  const { severity = '', state = '', target = '', package: name = '', ids = '' } = item.dataset;
  const text = `${item.querySelector('summary')?.textContent ?? ''} ${ids}`;
  return { index, severity, state, target, package: name, text: text.toLowerCase() };
}

function readAsked(form: HTMLFormElement): Asked {
  const data = new FormData(form);
  const read = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    words: read('text').toLowerCase().split(/\s+/).filter(Boolean),
    severity: read('severity'),
    state: read('state'),
    target: read('target'),
    sort: read('sort'),
  };
}

function sortItems(
  items: readonly HTMLLIElement[],
  rows: ReadonlyMap<HTMLLIElement, Row>,
  key: string,
): readonly HTMLLIElement[] {
  return [...items].sort((a, b) => {
    const [one, other] = [rows.get(a), rows.get(b)];
    return one === undefined || other === undefined ? 0 : compareRows(one, other, key);
  });
}

/** How many are shown. */
function filterItems(rows: ReadonlyMap<HTMLLIElement, Row>, asked: Asked): number {
  let shown = 0;
  for (const [item, row] of rows) {
    const isShown = isAsked(row, asked);
    if (item.hidden === isShown) item.hidden = !isShown;
    if (isShown) shown += 1;
  }
  return shown;
}

function say(form: HTMLFormElement, shown: number, all: number): void {
  const output = form.querySelector('output');
  if (output !== null) output.value = `${shown} of ${all} shown`;
}
