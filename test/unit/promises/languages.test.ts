/** Promises in other languages than English: each sentence was written for its rule, and a half understood one decides nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { glossText } from '../../../src/core/promises/gloss.ts';
import type { GitQuestion, GitReply } from '../../../src/core/model/git-question.ts';
import { readPassages } from '../../../src/core/promises/passages.ts';
import { npmTarget, proofOf, reportOn, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';

interface Sentences {
  readonly language: string;
  readonly updates: string;
  readonly scan: string;
  readonly none: string;
  readonly removed: string;
  readonly secrets: string;
  readonly answer: string;
  readonly rotate: string;
  /** A section with an address, and the same without one. */
  readonly heading: string;
  readonly contact: string;
  /** Denials and plans: no promise at all. */
  readonly nothing: readonly string[];
}

const LANGUAGES: readonly Sentences[] = [
  {
    language: 'German',
    updates: 'Dependabot aktualisiert unsere Abhängigkeiten wöchentlich.',
    scan: 'Bei jedem Pull Request prüft die CI unsere Abhängigkeiten mit `npm audit`.',
    none: 'Keine bekannten Schwachstellen.',
    removed: 'Wir haben das Paket `left-pad` entfernt.',
    secrets: '`.env`-Dateien werden niemals eingecheckt.',
    answer: 'Sie erhalten innerhalb von 48 Stunden eine Antwort.',
    rotate: 'API-Schlüssel werden alle 90 Tage rotiert.',
    heading: 'Sicherheitslücke melden',
    contact: 'Bitte melden Sie Schwachstellen an',
    nothing: ['Wir nutzen Dependabot nicht.', 'Wir planen, Dependabot zu nutzen.', 'Dependabot kann aktiviert werden.'],
  },
  {
    language: 'French',
    updates: 'Dependabot met à jour nos dépendances chaque semaine.',
    scan: 'À chaque pull request, la CI vérifie nos dépendances avec `npm audit`.',
    none: 'Aucune vulnérabilité connue.',
    removed: 'Le paquet `left-pad` a été supprimé.',
    secrets: 'Les fichiers `.env` ne sont jamais commités.',
    answer: 'Nous répondons sous 48 heures.',
    rotate: 'Les clés API sont renouvelées tous les 90 jours.',
    heading: 'Signaler une vulnérabilité',
    contact: 'Merci de signaler les failles à',
    nothing: ["Nous n'utilisons pas Dependabot.", 'Nous prévoyons Dependabot.'],
  },
  {
    language: 'Spanish',
    updates: 'Dependabot actualiza nuestras dependencias cada semana.',
    scan: 'En cada pull request la CI analiza las dependencias con `npm audit`.',
    none: 'Ninguna vulnerabilidad conocida.',
    removed: 'Hemos eliminado el paquete `left-pad`.',
    secrets: 'Los archivos `.env` nunca se suben.',
    answer: 'Responderemos en un plazo de 48 horas.',
    rotate: 'Las claves de API se rotan, rotación cada 90 días.',
    heading: 'Reportar una vulnerabilidad',
    contact: 'Para reportar vulnerabilidades escriba a',
    nothing: ['No usamos Dependabot.', 'Tenemos previsto Dependabot.'],
  },
  {
    language: 'Portuguese',
    updates: 'O Dependabot atualiza nossas dependências toda semana.',
    scan: 'A cada pull request a CI verifica as dependências com `npm audit`.',
    none: 'Nenhuma vulnerabilidade conhecida.',
    removed: 'Removemos o pacote `left-pad`.',
    secrets: 'Os arquivos `.env` nunca são versionados.',
    answer: 'Responderemos em até 48 horas.',
    rotate: 'As chaves de API são trocadas, rotação a cada 90 dias.',
    heading: 'Relatar uma vulnerabilidade',
    contact: 'Para relatar vulnerabilidades escreva para',
    nothing: ['Não usamos Dependabot.', 'Pretendemos usar Dependabot.'],
  },
  {
    language: 'Italian',
    updates: 'Dependabot aggiorna le nostre dipendenze ogni settimana.',
    scan: 'A ogni pull request la CI controlla le dipendenze con `npm audit`.',
    none: 'Nessuna vulnerabilità nota.',
    removed: 'Abbiamo rimosso il pacchetto `left-pad`.',
    secrets: 'I file `.env` non vengono mai committati.',
    answer: 'Rispondiamo entro 48 ore.',
    rotate: 'Le chiavi API vengono ruotate ogni 90 giorni.',
    heading: 'Segnalare una vulnerabilità',
    contact: 'Per segnalare vulnerabilità scrivete a',
    nothing: ['Non usiamo Dependabot.', 'Intendiamo usare Dependabot.'],
  },
  {
    language: 'Indonesian',
    updates: 'Dependabot memperbarui dependensi kami setiap minggu.',
    scan: 'Pada setiap pull request CI memeriksa dependensi dengan `npm audit`.',
    none: 'Tidak ada kerentanan yang diketahui.',
    removed: 'Paket `left-pad` telah dihapus.',
    secrets: 'Berkas `.env` tidak pernah di-commit.',
    answer: 'Kami akan menanggapi dalam waktu 48 jam.',
    rotate: 'Kunci API dirotasi setiap 90 hari.',
    heading: 'Melaporkan kerentanan',
    contact: 'Silakan laporkan kerentanan ke',
    nothing: ['Kami tidak menggunakan Dependabot.', 'Kami berencana menggunakan Dependabot.'],
  },
  {
    language: 'Chinese',
    updates: 'Dependabot 每周自动更新依赖。',
    scan: '每个 pull request 的 CI 使用 `npm audit` 自动检查依赖。',
    none: '没有已知漏洞。',
    removed: '我们已移除软件包 `left-pad`。',
    secrets: '绝不提交 `.env` 文件。',
    answer: '我们将在 48 小时内回复。',
    rotate: '每 90 天轮换密钥。',
    heading: '报告漏洞',
    contact: '请将漏洞报告发送至',
    nothing: ['我们不使用 Dependabot。', '我们计划使用 Dependabot。'],
  },
  {
    language: 'Japanese',
    updates: 'Dependabotが毎週依存関係を自動的に更新します。',
    scan: 'プルリクエストごとにCIで`npm audit`により依存関係をチェックします。',
    none: '既知の脆弱性はありません。',
    removed: 'パッケージ `left-pad` を削除しました。',
    secrets: '`.env` ファイルは決してコミットしません。',
    answer: '48時間以内に返信します。',
    rotate: '秘密鍵は毎月ローテーションします。',
    heading: '脆弱性の報告',
    contact: '脆弱性の報告は次のメールまで：',
    nothing: ['Dependabotは使用していません。', '今後Dependabotを使用する予定です。'],
  },
];

const CASES = LANGUAGES.map((each) => [each.language, each] as const);

const dependabot = (interval: string): MadeUp => ({
  files: {
    '.github/dependabot.yml': `version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule: { interval: ${interval} }\n`,
  },
  facts: { targets: [npmTarget('.')] },
});

const workflow = (run: string, on = 'pull_request'): MadeUp => ({
  files: {
    '.github/workflows/ci.yml': `on: ${on}\njobs:\n  audit:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`,
  },
  facts: { targets: [npmTarget('.')] },
});

const lockWith = (name: string): MadeUp => ({
  facts: {
    targets: [npmTarget('.')],
    stated: () => [{ target: '.', file: 'package-lock.json', complete: true, packages: [{ name, version: '1.0.0' }] }],
  },
});

const ignoring =
  (ignored: boolean) =>
  (question: GitQuestion): GitReply =>
    question.about === 'ignored'
      ? {
          about: 'ignored',
          rules: question.paths.map(() => (ignored ? { file: '.gitignore', line: 1, pattern: '.env' } : null)),
        }
      : { about: 'unknown', detail: 'not asked' };

const verdicts = (kind: string, text: string, world?: MadeUp): readonly string[] =>
  rowsOf(kind, text, world).map(({ verdict }) => verdict);

describe.each(CASES)('%s', (_language, words) => {
  it('updates are kept and broken by their rhythm and their coverage', () => {
    expect(verdicts('updates-automated', words.updates, dependabot('weekly'))).toEqual(['kept', 'kept']);
    expect(verdicts('updates-automated', words.updates, dependabot('monthly'))).toEqual(['kept', 'broken']);
    expect(verdicts('updates-automated', words.updates, { facts: { targets: [npmTarget('.')] } })).toContain('broken');
  });

  it('scans are kept and broken by what CI runs', () => {
    expect(verdicts('scanning-automated', words.scan, workflow('npm audit'))).toEqual(['kept']);
    expect(verdicts('scanning-automated', words.scan, workflow('npm audit || true'))).toEqual(['broken']);
    expect(verdicts('scanning-automated', words.scan, workflow('npm audit', 'push'))).toEqual(['broken']);
  });

  it('"no known vulnerability" wants a report', () => {
    expect(rowOf('no-known-vulnerabilities', words.none).promise).toContain('today');
  });

  it('a package that is gone is looked for', () => {
    expect(verdicts('packages-removed', words.removed, lockWith('right-pad'))).toEqual(['kept']);
    expect(verdicts('packages-removed', words.removed, lockWith('left-pad'))).toEqual(['broken']);
  });

  it('environment files are ignored or not', () => {
    expect(verdicts('secrets-kept-out', words.secrets, { git: ignoring(true) })).toEqual(['kept']);
    expect(verdicts('secrets-kept-out', words.secrets, { git: ignoring(false) })).toEqual(['broken']);
  });

  it('a time for an answer is read below a heading about reports', () => {
    const [row] = rowsOf('response-clocks', `## ${words.heading}\n\n${words.answer}\n`);
    expect(row?.promise).toMatch(/^a report is answered within 48 hours$/);
  });

  it('rotation is for people, with its rhythm', () => {
    const row = rowOf('practices', words.rotate);
    expect([row.promise, row.forAPerson]).toEqual([expect.stringMatching(/every 90 days|monthly/), true]);
  });

  it('an address is named, made up, or missing', () => {
    const section = (address: string): string => `## ${words.heading}\n\n${words.contact} ${address}\n`;
    expect(rowOf('reporting', section('security@fixby.dev')).verdict).toBe('kept');
    expect(rowOf('reporting', section('security@example.com')).verdict).toBe('broken');
    expect(rowOf('reporting', `## ${words.heading}\n`).verdict).toBe('broken');
  });

  it.each(words.nothing.map((text) => [text]))('%s promises nothing', (text) => {
    expect(reportOn(text).promises).toEqual([]);
  });

  it('shows the words of the author', () => {
    expect(rowsOf('updates-automated', words.updates)[0]?.text).toBe(words.updates);
  });
});

describe('a sentence that is half understood', () => {
  it.each([
    ['Dependabot aktualisiert unsere Abhängigkeiten wöchentlich in Neumondnächten.', 'Neumondnächten'],
    ['Dependabot actualiza las dependencias cada semana menos quizás agosto.', 'quizás'],
    ['Dependabot 每周自动更新珍珠依赖。', '珍珠'],
  ])('%s decides nothing', (text, word) => {
    for (const world of [dependabot('weekly'), {}]) {
      for (const row of rowsOf('updates-automated', text, world)) {
        expect([row.verdict, proofOf(row)]).toEqual(['cannot-tell', expect.stringContaining(word)]);
      }
    }
    expect(rowsOf('updates-automated', text).length).toBeGreaterThan(0);
  });

  it('leaves open whether somebody can be reached', () => {
    const text = '## Sicherheitslücke melden\n\nNutzen Sie dafür den roten Briefkasten.\n';
    expect(rowOf('reporting', text).verdict).toBe('cannot-tell');
  });
});

it.each([
  ['We will respond within 48 hours.'],
  ['Dependabot opens pull requests daily'],
  ['No secrets in the repo'],
  ['Contact: security@fixby.dev'],
  ['High: 7 days'],
  ['| Version | Supported |'],
  ['Configured in'],
  ['.env files are in .gitignore'],
  ['Review file operations in logs'],
  ['Security Team: security@fixby.dev'],
  ['< 0.1 | no'],
])('%s is English', (text) => {
  expect(glossText(text)).toBeNull();
});

it('knows the table of supported versions by its words', () => {
  const table = '| Version | Unterstützt |\n| --- | --- |\n| 2.x | Ja |\n| < 2.0 | Nein |\n';
  const release = { tag: 'v2.1.0', version: '2.1.0', commit: 'a'.repeat(40), at: '2026-01-01T00:00:00.000Z' };
  const facts = { checkout: { tracked: [], releases: [release], committed: true, shallow: false } };
  expect(rowOf('supported-versions', table, { facts }).verdict).toBe('kept');
  expect(rowOf('supported-versions', table.replace('2.x', '3.x'), { facts }).verdict).toBe('broken');
});

it.each([
  ['Keine bekannten Schwachstellen (Stand: 1. März 2026).', '2026-03-01'],
  ['Aucune vulnérabilité connue au 1er mars 2026.', '2026-03-01'],
  ['没有已知漏洞（2026年3月1日）。', '2026-03-01'],
])('%s names a day', (text, day) => {
  expect(rowsOf('no-known-vulnerabilities', text).map(({ promise }) => promise)).toContain(
    `no dependency had a known vulnerability on ${day}`,
  );
});

it('takes no sentence of our own pages for another language', () => {
  const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
  const pages = ['../SECURITY.md', '../README.md', ...readdirSync(docs).filter((name) => name.endsWith('.md'))];
  const foreign = pages.flatMap((page) => {
    const reading = readPassages(page, readFileSync(`${docs}${page}`, 'utf8'));
    if (!reading.ok) throw new Error(reading.reason);
    return reading.passages.flatMap(({ text, codes, line, kind }) =>
      kind !== 'code' && glossText(text, codes) !== null ? [`${page}:${line} ${text}`] : [],
    );
  });
  expect(foreign).toEqual([]);
});
