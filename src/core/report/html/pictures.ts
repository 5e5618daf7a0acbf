/** The pictures of a report, where people would rather look than read. */
import { html } from './markup.ts';
import { section } from './nodes.ts';
import type { Section } from './page.ts';
import { calendarPicture } from './pictures/calendar.ts';
import { coveragePicture } from './pictures/coverage.ts';
import { figure } from './pictures/figure.ts';
import { openPicture } from './pictures/open-over-time.ts';
import { fixPicture } from './pictures/time-to-fix.ts';

/** Each with its sentence and its table; one that has nothing to draw says why. */
export const picturesSection: Section = (page) => {
  const pictures = [calendarPicture(page), openPicture(page), fixPicture(page), coveragePicture(page)];
  const [drawn, told] = [true, false].map((isDrawn) =>
    pictures.filter(({ drawing }) => (drawing !== undefined) === isDrawn),
  );
  return section('pictures', 'Pictures', html`<div class="pictures">${drawn?.map(figure)}${told?.map(figure)}</div>`);
};
