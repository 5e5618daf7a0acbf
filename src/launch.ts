/** Where the program starts: V8 is told where it left the code it compiled last time, then the rest is loaded. */
import { join } from 'node:path';
import { keepCompiledCode } from './compiled-code.ts';

keepCompiledCode(__dirname, join(__dirname, '.compiled'));
void import('./main.ts');
