/** Lists: bullets, numbers, decoration, nesting, combined severities. */
import { bullets, reads, refuses } from './case.ts';

export const LISTS = [
  reads(
    'the seed form',
    'now,7d,next,someday',
    `
## Update Policy

- **Critical vulnerabilities**: Patch immediately
- **High vulnerabilities**: Patch within 7 days
- **Medium vulnerabilities**: Patch in next release
- **Low vulnerabilities**: Address opportunistically
`,
  ),
  reads(
    'numbered, with a dash',
    '24h,3d,2w,next',
    `
# Keeping dependencies current

1. Critical - fixed within 24 hours
2. High - fixed within 3 days
3. Medium - fixed within 2 weeks
4. Low - fixed in the next release
`,
  ),
  reads(
    'emoji in front',
    '48h,5bd,30d,someday',
    `
## Dependency updates

- 🔴 **Critical** — updated within 48 hours
- 🟠 **High** — updated within 5 business days
- 🟡 **Medium** — updated within 30 days
- 🟢 **Low** — best effort
`,
  ),
  reads(
    'shortcodes in front',
    '24h,7d,1mo,3mo',
    `
## Patching

* :red_circle: Critical: 24 hours
* :orange_circle: High: 7 days
* :yellow_circle: Medium: 1 month
* :green_circle: Low: 3 months
`,
  ),
  reads(
    'windows first',
    '24h,7d,30d,90d',
    `
## Patch policy

- 24 hours: critical
- 7 days: high
- 30 days: medium
- 90 days: low
`,
  ),
  reads(
    'two severities with "and"',
    '24h,24h,30d,30d',
    `
## Third-party packages

- Critical and High: patch within 24 hours
- Medium & Low: patch within 30 days
`,
  ),
  reads(
    'two severities with a slash',
    '7d,7d,next,next',
    `
## Update policy

- **Critical/High**: update within 7 days
- **Medium / Low**: next release
`,
  ),
  reads(
    'three with commas',
    '2d,4w,4w,4w',
    `
## Dependency maintenance

- Critical: fixed within 2 days
- High, Medium and Low: fixed within 4 weeks
`,
  ),
  reads(
    'or above',
    '3d,3d,2w,next',
    `
## Update policy

- High or above: 3 days
- Medium: 2 weeks
- Low: next scheduled release
`,
  ),
  reads(
    'and below',
    '1d,1w,60d,60d',
    `
## Update policy

- Critical: 1 day
- High: one week
- Medium and below: 60 days
`,
  ),
  reads(
    'a plus right behind the word',
    '7d,7d,30d,30d',
    `
## Update policy

- High+: 7 days
- All others: 30 days
`,
  ),
  reads(
    'at least',
    '5bd,5bd,someday,someday',
    `
## Update policy

- At least high: within 5 business days
- Everything else: when time permits
`,
  ),
  reads(
    'everything else',
    '24h,7d,next,next',
    `
## Dependency updates

- Critical issues get patched within 24 hours
- High issues get patched within 7 days
- Everything else is updated in the next regular release
`,
  ),
  reads(
    'the remaining ones',
    'now,14d,90d,90d',
    `
## Dependency updates

- Critical: fix immediately
- High: fix within 14 days
- Remaining vulnerabilities: fix within 90 days
`,
  ),
  reads(
    'all severities alike',
    '30d,30d,30d,30d',
    `
## Dependency updates

- All known vulnerabilities are fixed within 30 days
`,
  ),
  reads(
    'moderate',
    '1d,7d,30d,60d',
    `
## Update policy

- Critical severity: 1 day
- High severity: 7 days
- Moderate severity: 30 days
- Low severity: 60 days
`,
  ),
  reads(
    'important, on the scale that has it',
    '1d,7d,30d,60d',
    `
## Update policy

- Critical: 1 day
- Important: 7 days
- Moderate: 30 days
- Low: 60 days
`,
  ),
  refuses(
    'important beside high',
    'policy-unreadable',
    `
## Update policy

- Critical: 1 day
- High: 7 days
- Important: 3 days
- Medium: 30 days
- Low: 60 days
`,
  ),
  reads(
    'scores beside the label',
    '24h,7d,30d,90d',
    `
## Vulnerability management

- Critical (CVSS 9.0–10.0): 24 hours
- High (CVSS 7.0–8.9): 7 days
- Medium (CVSS 4.0–6.9): 30 days
- Low (CVSS 0.1–3.9): 90 days
`,
  ),
  reads(
    'scores without the word CVSS',
    '24h,7d,30d,90d',
    `
## Patching

- Critical (9.0-10.0): 24 hours
- High (7.0-8.9): 7 days
- Medium (4.0-6.9): 30 days
- Low (0.1-3.9): 90 days
`,
  ),
  reads(
    'scores alone',
    '24h,7d,30d,90d',
    `
## Update policy

- CVSS ≥ 9.0: 24 hours
- CVSS 7.0 - 8.9: 7 days
- CVSS 4.0 - 6.9: 30 days
- CVSS < 4.0: 90 days
`,
  ),
  reads(
    'open score ranges',
    '3d,3d,next,next',
    `
## Update policy

- CVSS 7.0 or higher: 3 days
- All others: next release
`,
  ),
  refuses(
    'scores that cut a severity in two',
    'policy-incomplete',
    `
## Update policy

- CVSS 8.0-10.0: 24 hours
- CVSS 4.0-7.9: 7 days
- Low: 30 days
`,
  ),
  refuses(
    'scores that contradict the label',
    'policy-incomplete',
    `
## Update policy

- Critical (CVSS 8.0-10.0): 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  reads(
    'severity as an item of its own',
    '24h,7d,30d,90d',
    `
## Dependency updates

- **Critical**
  - Patch within 24 hours
- **High**
  - Patch within 7 days
- **Medium**
  - Patch within 30 days
- **Low**
  - Patch within 90 days
`,
  ),
  reads(
    'first answers beside the fix, nested',
    '2d,7d,30d,90d',
    `
## Handling vulnerable dependencies

- Critical
  - Acknowledge within 4 hours
  - Fix within 2 days
- High
  - Acknowledge within 1 day
  - Fix within 7 days
- Medium
  - Acknowledge within 3 days
  - Fix within 30 days
- Low
  - Acknowledge within 7 days
  - Fix within 90 days
`,
  ),
  reads(
    'first answers and fixes in one line',
    '1d,5d,20d,60d',
    `
## Vulnerable packages

- Critical: triage within 2 hours, fix within 1 day
- High: triage within 1 day, fix within 5 days
- Medium: triage within 3 days, fix within 20 days
- Low: triage within 5 days, fix within 60 days
`,
  ),
  reads(
    'a list below an introduction',
    '24h,72h,30d,90d',
    `
# Security

Security patches must be applied within:

- Critical: 24 hours
- High: 72 hours
- Medium: 30 days
- Low: 90 days
`,
  ),
  reads(
    'a list in a list',
    '3d,7d,30d,next',
    `
# Our rules

- Dependencies are scanned every night.
- Vulnerable dependencies are updated by severity:
  - Critical: 3 days
  - High: 7 days
  - Medium: 30 days
  - Low: next release
`,
  ),
  reads(
    'a task list',
    '24h,7d,30d,90d',
    `
## Update policy

- [x] Critical: 24 hours
- [x] High: 7 days
- [ ] Medium: 30 days
- [ ] Low: 90 days
`,
  ),
  reads(
    'a hard break in an item',
    '24h,7d,30d,90d',
    `
## Update policy

- **Critical**  
  within 24 hours
- **High**  
  within 7 days
- **Medium**  
  within 30 days
- **Low**  
  within 90 days
`,
  ),
  reads(
    'in a quote',
    '24h,7d,30d,90d',
    `
## Update policy

> - Critical: 24 hours
> - High: 7 days
> - Medium: 30 days
> - Low: 90 days
`,
  ),
  reads(
    'a struck-out time counts no more',
    '24h,7d,14d,90d',
    bullets('24 hours', '7 days', '~~30 days~~ 14 days', '90 days'),
  ),
  reads(
    'words in code',
    '24h,7d,30d,90d',
    `
## Update policy

- \`critical\`: 24 hours
- \`high\`: 7 days
- \`medium\`: 30 days
- \`low\`: 90 days
`,
  ),
  reads(
    'an informational level below all',
    '24h,7d,30d,90d',
    `
## Update policy

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low / Informational: 90 days
`,
  ),
  reads(
    'an unrelated sentence after the window',
    '24h,7d,30d,90d',
    `
## Update policy

- Critical: fixed within 24 hours. The security lead signs off.
- High: fixed within 7 days.
- Medium: fixed within 30 days.
- Low: fixed within 90 days.
`,
  ),
  refuses(
    'an exception after the window',
    'policy-incomplete',
    `
## Update policy

- Critical: fixed within 24 hours. Unless the package is used in tests.
- High: fixed within 7 days.
- Medium: fixed within 30 days.
- Low: fixed within 90 days.
`,
  ),
  refuses(
    'a condition on a second line for the same severity',
    'policy-unreadable',
    `
## Update policy

- Critical: 7 days
- Critical, actively exploited in the wild: 24 hours
- High: 14 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'a scope in the label',
    'policy-incomplete',
    `
## Update policy

- Critical in production images: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'a footnote',
    'policy-incomplete',
    `
## Update policy

- Critical: 24 hours[^1]
- High: 7 days
- Medium: 30 days
- Low: 90 days

[^1]: Business hours.
`,
  ),
  refuses('a star', 'policy-incomplete', bullets('24 hours\\*', '7 days', '30 days', '90 days')),
  refuses(
    'a missing severity',
    'policy-incomplete',
    `
## Update policy

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
`,
  ),
  refuses(
    'a severity nobody knows',
    'policy-incomplete',
    `
## Update policy

- Blocker: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'priority classes',
    'policy-missing',
    `
## Update policy

- P1: 24 hours
- P2: 7 days
- P3: 30 days
- P4: 90 days
`,
  ),
  refuses(
    'the same severity twice',
    'policy-ambiguous',
    `
## Update policy

- Critical: 24 hours
- Critical: 48 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'two windows for two severities in one line',
    'policy-incomplete',
    `
## Update policy

- Critical/High: 24/72 hours
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'business days said once for all',
    'policy-unreadable',
    `
## Update policy

- Critical: 2 days
- High: 7 days
- Medium: 30 days
- Low: 90 days

All of these are business days.
`,
  ),
];
