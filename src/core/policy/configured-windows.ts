/** Reads the words the configuration states with the same grammar as SECURITY.md. */
import { unreadableWords, windowKey } from './problems.ts';
import { readWindowText } from './read-text.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import { excerpt } from '../model/text.ts';
import type { GrammarSettings } from './element.ts';
import type { PolicyProblem } from './policy-reading.ts';
import type { ConfiguredWords, PolicyConfig } from '../model/config.ts';
import type { Policy, PolicySeverity, PolicyWindow, Window } from '../model/policy.ts';

type Within = Extract<Window, { kind: 'within' }>;

export interface ConfiguredWindows {
  readonly settings: GrammarSettings;
  readonly windows: { readonly [S in PolicySeverity]?: PolicyWindow };
  readonly knownExploited?: Window;
  readonly noFix: Policy['noFix'];
  /** One for each key whose words are no window. */
  readonly problems: readonly PolicyProblem[];
}

/** Every window and duration of the configuration. */
export function readConfiguredWindows(config: PolicyConfig): ConfiguredWindows {
  const problems: PolicyProblem[] = [];
  const asap = readWords('policy.vague.asap', config.asap, {}, problems);
  const sprint = readDuration('policy.sprint', config.sprint, problems);
  const longestWait = readDuration('policy.noFixLongestWait', config.noFixLongestWait, problems);
  const settings: GrammarSettings = { ...(asap && { asap }), ...(sprint && { sprint }) };
  const knownExploited = readWords('policy.knownExploited', config.knownExploited, settings, problems);
  const windows = POLICY_SEVERITIES.flatMap((severity) => {
    const words = config.windows[severity];
    const window = readWords(windowKey(severity), words, settings, problems);
    return words === undefined || window === undefined ? [] : [toPolicyWindow(severity, words, window)];
  });
  return {
    settings,
    windows: Object.fromEntries(windows.map((window) => [window.severity, window])),
    ...(knownExploited && { knownExploited }),
    noFix: { rule: config.noFix, ...(longestWait && { longestWait }) },
    problems,
  };
}

/** Undefined when the key is absent, and when its words are no window: then `problems` has grown. */
function readWords(
  key: string,
  words: ConfiguredWords | undefined,
  settings: GrammarSettings,
  problems: PolicyProblem[],
): Window | undefined {
  if (words === undefined) return undefined;
  const reading = readWindowText(words.text, settings)?.reading;
  if (reading?.kind === 'window') return reading.window;
  problems.push(unreadableWords(key, words, 'a window fixby knows'));
  return undefined;
}

function readDuration(key: string, words: ConfiguredWords | undefined, problems: PolicyProblem[]): Within | undefined {
  if (words === undefined) return undefined;
  const window = readWindowText(words.text, {})?.reading;
  if (window?.kind === 'window' && window.window.kind === 'within') return window.window;
  problems.push(unreadableWords(key, words, 'a duration'));
  return undefined;
}

function toPolicyWindow(severity: PolicySeverity, words: ConfiguredWords, window: Window): PolicyWindow {
  return { severity, window, text: excerpt(words.text), line: words.line, file: words.file };
}
