/** Says which variables of the operator's environment decide what an audit asks, or would falsify a run by hand. Values are never shown. */
import type { DoctorCheck } from '../model/doctor-report.ts';
import { byText } from '../model/order.ts';
import { excerpt } from '../model/text.ts';

type Variables = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly names: RegExp;
  readonly values?: RegExp;
  readonly effect: string;
  readonly mend: string;
}

const BY_HAND = 'Nothing for fixby. Unset it before you compare with a run by hand.';
const PROVEN = 'Unset it, and name the certificate of a server of your own in NODE_EXTRA_CA_CERTS.';
const MEANT = 'Make sure it is meant: it is the source every verdict rests on.';

/** npm's own names are matched with `-` for `_` and in lower case. https://docs.npmjs.com/cli/using-npm/config */
const RULES: readonly Rule[] = [
  {
    names: /^npm_config_(?:offline|prefer-offline|audit|audit-level|omit|only|production|dry-run|package-lock|global)$/,
    effect: 'would make npm leave packages or the question itself out; fixby does not pass it on',
    mend: BY_HAND,
  },
  { names: /^npm_config_registry$/, effect: 'decides which npm registry is asked', mend: MEANT },
  {
    names: /^npm_config_strict-ssl$/,
    values: /^(?:false|0)?$/i,
    effect: 'would make npm believe any server; fixby does not pass it on',
    mend: PROVEN,
  },
  {
    names:
      /^(?:pip_no_index|pip_find_links|pip_extra_index_url|pip_config_file|pip_constraint|uv_offline|uv_exclude_newer|uv_find_links)$/,
    effect: 'would make pip or uv see fewer packages, or others; fixby does not pass it on',
    mend: BY_HAND,
  },
  {
    names: /^(?:pip_index_url|uv_index_url|uv_default_index)$/,
    effect: 'decides which Python index is asked',
    mend: MEANT,
  },
  {
    names: /^node_tls_reject_unauthorized$/,
    values: /^0$/,
    effect: 'would make Node believe any server; fixby does not obey it, and npm is not given it',
    mend: PROVEN,
  },
  {
    names: /^no_proxy$/,
    values: /^\s*\*\s*$/,
    effect: 'turns every proxy off',
    mend: 'Name the hosts it is meant for.',
  },
];

/** One check for each variable with such an effect, by name; none stands in the way of an audit. `sources` are the addresses that will be asked. */
export function environmentChecks(variables: Variables, sources: readonly string[]): readonly DoctorCheck[] {
  const set = Object.keys(variables).filter((name) => (variables[name] ?? '') !== '');
  const remarks = set.sort(byText).flatMap((name) => remarkOn(name, variables[name] ?? ''));
  return [...remarks, ...proxiedLoopback(variables, sources)];
}

function remarkOn(name: string, value: string): readonly DoctorCheck[] {
  const npm = /^npm_config_/i.test(name);
  const key = name.toLowerCase();
  const known = npm ? `npm_config_${key.slice('npm_config_'.length).replaceAll('_', '-')}` : key;
  const rule = RULES.find(({ names, values }) => names.test(known) && (values?.test(value) ?? true));
  if (rule === undefined) return [];
  return [{ check: 'environment', status: 'remark', message: `${excerpt(name, 60)} ${rule.effect}`, mend: rule.mend }];
}

/** A mirror on this machine is out of reach for a proxy. */
function proxiedLoopback(variables: Variables, sources: readonly string[]): readonly DoctorCheck[] {
  const read = (name: string): string => variables[name.toLowerCase()] ?? variables[name] ?? '';
  if (read('HTTP_PROXY') === '' && read('HTTPS_PROXY') === '') return [];
  const hosts = sources.flatMap((source) => (URL.canParse(source) ? new URL(source).hostname : []));
  const lost = hosts.find((host) => isLoopback(host) && !isExempt(host, read('NO_PROXY')));
  if (lost === undefined) return [];
  const message = `a proxy is set, and NO_PROXY does not leave out ${lost}, where a source is said to be`;
  return [{ check: 'environment', status: 'remark', message, mend: `Add ${lost} to NO_PROXY.` }];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

function isExempt(host: string, list: string): boolean {
  const entries = list.split(/[\s,]+/).map((entry) => entry.replace(/:\d+$/, '').replace(/^\*?\./, ''));
  return entries.some((entry) => entry === '*' || (entry !== '' && (host === entry || host.endsWith(`.${entry}`))));
}
