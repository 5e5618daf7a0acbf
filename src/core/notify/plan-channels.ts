/**
 * Decides which channels can be used. The configuration, which belongs to the repository, only names them; where they lead
 * and what opens them stands in the operator's environment, under names that are derived and not chosen
 * (docs/adr/0012-the-operator-says-where-notifications-go.md).
 */
import type { Channel, ChannelSettings, ChannelVariable } from '../model/channel.ts';
import type { Config } from '../model/config.ts';
import { byText } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';

/** A channel with everything it needs. */
export interface ReadyChannel {
  readonly name: string;
  readonly channel: Channel;
  readonly settings: ChannelSettings;
}

export interface ChannelPlan {
  readonly ready: readonly ReadyChannel[];
  /** Whatever keeps somebody from being told. */
  readonly problems: readonly Problem[];
}

type Variables = Readonly<Record<string, string | undefined>>;

const PREFIX = 'FIXBY_NOTIFY_';

/** The variable a channel reads: `FIXBY_NOTIFY_TEAM_CHAT_URL` for the URL of `team-chat`. */
export function variableName(channel: string, suffix: string): string {
  return `${PREFIX}${channel.toUpperCase().replace(/-/g, '_')}_${suffix}`;
}

/** Every channel of the configuration is either ready or the cause of a problem. */
export function planChannels(
  { channels: wanted }: Config['notify'],
  known: readonly Channel[],
  variables: Variables,
): ChannelPlan {
  const plans = wanted.map(({ name, kind }) => planChannel(name, kind, known, variables));
  const read = new Set(plans.flatMap(({ reads }) => reads));
  const problems = plans.flatMap((plan) => plan.problems);
  return {
    ready: plans.flatMap(({ ready }) => ready),
    problems: [...(wanted.length === 0 ? [noChannel()] : problems), ...unreadVariables(variables, read)],
  };
}

interface Plan {
  readonly ready: readonly ReadyChannel[];
  readonly reads: readonly string[];
  readonly problems: readonly Problem[];
}

function planChannel(name: string, kind: string, known: readonly Channel[], variables: Variables): Plan {
  const channel = known.find((each) => each.kind === kind);
  if (channel === undefined) return { ready: [], reads: [], problems: [unknownKind(name, kind, known)] };
  const found = channel.variables.map((variable) => readVariable(name, variable, variables));
  const problems = found.flatMap(({ problem }) => problem ?? []);
  const settings = Object.fromEntries(found.map(({ suffix, value }) => [suffix, value]));
  return {
    ready: problems.length === 0 ? [{ name, channel, settings }] : [],
    reads: channel.variables.map(({ suffix }) => variableName(name, suffix)),
    problems,
  };
}

function readVariable(
  channel: string,
  { suffix, holds, otherwise = {}, check }: ChannelVariable,
  variables: Variables,
): { readonly suffix: string; readonly value: string; readonly problem?: Problem } {
  const name = variableName(channel, suffix);
  const fallback = otherwise.variable === undefined ? '' : (variables[otherwise.variable] ?? '');
  const value = (variables[name] ?? '') || fallback || (otherwise.value ?? '');
  if (value === '') {
    const message = `The channel ${channel} cannot be used: the variable ${name} is not set.`;
    return { suffix, value, problem: problemOf('notify-variable-missing', message, `Set it to ${holds}.`) };
  }
  const wrong = check(value);
  if (wrong === null) return { suffix, value };
  const message = `The channel ${channel} cannot be used: the variable ${name} ${wrong}.`;
  return { suffix, value, problem: problemOf('notify-variable-wrong', message, `Set it to ${holds}.`) };
}

function unknownKind(name: string, kind: string, known: readonly Channel[]): Problem {
  const message = `The channel ${name} cannot be used: there is no kind of channel called "${excerpt(kind, 60)}".`;
  return problemOf('notify-unknown-kind', message, `Choose from ${known.map((each) => each.kind).join(', ')}.`);
}

function noChannel(): Problem {
  const mend = 'Name a channel below `notify.channels` in .fixby/config.yaml; docs/nightly.md shows how.';
  return problemOf('notify-no-channel', 'Nobody was told of this run: the configuration names no channel.', mend);
}

/** What the operator set up and the configuration no longer names: a change of the repository must not silence it unseen. */
function unreadVariables(variables: Variables, read: ReadonlySet<string>): readonly Problem[] {
  return Object.keys(variables)
    .filter((name) => name.startsWith(PREFIX) && (variables[name] ?? '') !== '' && !read.has(name))
    .sort(byText)
    .map((name) => {
      const message = `The variable ${excerpt(name, 120)} is set, and no channel of the configuration reads it.`;
      const mend = 'Name its channel below `notify.channels` in .fixby/config.yaml, or unset it.';
      return problemOf('notify-variable-unread', message, mend);
    });
}

function problemOf(code: string, message: string, mend: string): Problem {
  return { target: null, code, message, mend, blocks: false };
}
