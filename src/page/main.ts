/** What runs in the reader's browser: nothing here is needed to read the page. */
import { startRows } from './rows.ts';
import { startTheme } from './theme.ts';

startTheme();
startRows();
