/** Sentences, headings, sections; which of several timetables is meant. */
import { reads, refuses } from './case.ts';

export const PROSE = [
  reads(
    'one sentence for all',
    '24h,7d,30d,90d',
    `
# Patching

Security patches must be applied within: Critical: 24 hours, High: 7 days, Medium: 30 days, Low: 90 days.
`,
  ),
  reads(
    'windows before severities',
    '24h,7d,30d,90d',
    `
## Update policy

We patch within 24 hours for critical, 7 days for high, 30 days for medium and 90 days for low vulnerabilities.
`,
  ),
  reads(
    'a sentence each',
    '24h,7d,next,someday',
    `
## Dependencies

Critical vulnerabilities are patched within 24 hours. High vulnerabilities are patched within 7 days. Medium
vulnerabilities are fixed in the next release. Low vulnerabilities are addressed when convenient.
`,
  ),
  reads(
    'a sentence wrapped in the middle',
    '24h,24h,30d,30d',
    `
## Dependencies

Critical and high vulnerabilities must be
fixed within 24 hours; medium and low ones
within 30 days.
`,
  ),
  reads(
    'lines of one paragraph',
    '24h,7d,30d,90d',
    `
## Update policy

**Critical**: 24 hours
**High**: 7 days
**Medium**: 30 days
**Low**: 90 days
`,
  ),
  reads(
    'a paragraph each',
    '24h,7d,30d,90d',
    `
## Update policy

**Critical**: within 24 hours

**High**: within 7 days

**Medium**: within 30 days

**Low**: within 90 days
`,
  ),
  reads(
    'headings as labels',
    '24h,7d,30d,90d',
    `
## Update policy

### Critical

Patched within 24 hours.

### High

Patched within 7 days.

### Medium

Patched within 30 days.

### Low

Patched within 90 days.
`,
  ),
  reads(
    'headings that say it all',
    '24h,7d,30d,90d',
    `
## Update policy

### Critical: 24 hours
### High: 7 days
### Medium: 30 days
### Low: 90 days
`,
  ),
  reads(
    'answers first, then fixes',
    '2d,7d,30d,90d',
    `
## Vulnerable dependencies

Critical alerts are acknowledged within 1 hour and high alerts within 1 day. Critical alerts are fixed within 2 days,
high within 7 days, medium within 30 days, low within 90 days.
`,
  ),
  reads(
    'two timetables, one of them for reports',
    'now,7d,next,someday',
    `
# Security policy

## Reporting a vulnerability

What to expect:

- Fix timeline: depends on severity
  - Critical: 1-3 days
  - High: 1-2 weeks
  - Medium: 2-4 weeks
  - Low: next release cycle

## Dependency security

### Update policy

- Critical: patch immediately
- High: patch within 7 days
- Medium: patch in next release
- Low: address opportunistically
`,
  ),
  reads(
    'two timetables in tables',
    '24h,7d,30d,90d',
    `
# Security

## Vulnerability disclosure

| Severity | Acknowledged | Fixed   |
| -------- | ------------ | ------- |
| Critical | 1 day        | 14 days |
| High     | 1 day        | 30 days |
| Medium   | 3 days       | 60 days |
| Low      | 3 days       | 90 days |

## Third-party libraries

| Severity | Updated  |
| -------- | -------- |
| Critical | 24 hours |
| High     | 7 days   |
| Medium   | 30 days  |
| Low      | 90 days  |
`,
  ),
  reads(
    'only a timetable for reports',
    '3d,14d,30d,next',
    `
## Reporting a vulnerability

After you report, we fix by severity:

- Critical: 3 days
- High: 14 days
- Medium: 30 days
- Low: next release
`,
  ),
  reads(
    'a general one outranks one for reports',
    '7d,14d,30d,90d',
    `
## Reports

We fix reported vulnerabilities within: critical 1 day, high 2 days, medium 3 days, low 4 days.

## Remediation

- Critical: 7 days
- High: 14 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  reads(
    'two that agree',
    '24h,7d,30d,90d',
    `
## Update policy

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days

## Dependency rules in short

We patch critical within 1 day, high within 1 week, medium within 30 days, low within 90 days.
`,
  ),
  refuses(
    'two that disagree',
    'policy-ambiguous',
    `
## Update policy for the backend packages

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days

## Update policy for the frontend packages

- Critical: 48 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  reads(
    'a marker settles two that disagree',
    '48h,7d,30d,90d',
    `
## Backend packages

- Critical: fix within 24 hours
- High: fix within 7 days
- Medium: fix within 30 days
- Low: fix within 90 days

## Frontend packages

<!-- fixby:policy -->
- Critical: fix within 48 hours
- High: fix within 7 days
- Medium: fix within 30 days
- Low: fix within 90 days
`,
  ),
  reads(
    'a marker says what a bare list is for',
    '24h,7d,30d,90d',
    `
## Timelines

<!-- fixby:policy -->

| Level    | Time     |
| -------- | -------- |
| Critical | 24 hours |
| High     | 7 days   |
| Medium   | 30 days  |
| Low      | 90 days  |
`,
  ),
  refuses(
    'a marker before nothing',
    'policy-marker-idle',
    `
## Update policy

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days

<!-- fixby:policy -->
`,
  ),
  refuses(
    'times that do not say what they are for',
    'policy-missing',
    `
## Timelines

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'response times',
    'policy-missing',
    `
## Response times

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'acknowledgement in the introduction',
    'policy-missing',
    `
## Updates and fixes

We acknowledge reports within:

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'disclosure times',
    'policy-missing',
    `
## Disclosure

Vulnerabilities are publicly disclosed by severity:

- Critical: 30 days
- High: 60 days
- Medium: 90 days
- Low: 90 days
`,
  ),
  refuses(
    'a scan, not a fix',
    'policy-missing',
    `
## Dependencies

We scan for critical vulnerabilities daily, for high ones weekly, for medium and low ones monthly.
`,
  ),
  refuses(
    'key rotation',
    'policy-missing',
    `
## Secrets

Keys of critical systems are rotated every 30 days, of high-value systems every 90 days.
`,
  ),
  refuses(
    'no times at all',
    'policy-missing',
    `
# Security policy

Please report vulnerabilities by mail. We take all critical and high issues seriously.
`,
  ),
  refuses('an empty file', 'policy-missing', ''),
  refuses(
    'a policy in a code block',
    'policy-missing',
    `
## Update policy

\`\`\`
Critical: 24 hours
High: 7 days
Medium: 30 days
Low: 90 days
\`\`\`
`,
  ),
  refuses(
    'a policy in a comment',
    'policy-missing',
    `
## Update policy

<!--
- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
-->
`,
  ),
  refuses(
    'a contradiction in a sentence nearby',
    'policy-ambiguous',
    `
## Update policy

We patch critical within 24 hours, high within 7 days, medium within 30 days and low within 90 days.

Critical vulnerabilities are fixed within 48 hours.
`,
  ),
  refuses(
    'response and fix in one breath',
    'policy-missing',
    `
## Response and patch times

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'an example',
    'policy-missing',
    `
## Example of an update policy

- Critical: patch within 24 hours
- High: patch within 7 days
- Medium: patch within 30 days
- Low: patch within 90 days
`,
  ),
  reads(
    'an old policy beside the one in force',
    '24h,7d,30d,90d',
    `
## Update policy

- Critical: patch within 24 hours
- High: patch within 7 days
- Medium: patch within 30 days
- Low: patch within 90 days

## Previous update policy (until 2024)

- Critical: patch within 30 days
- High: patch within 60 days
- Medium: patch within 90 days
- Low: patch within 120 days
`,
  ),
  refuses(
    'a title that only sounds like updates',
    'policy-missing',
    `
# Update Daemon security

## Severity levels

- Critical: 24 hours
- High: 7 days
- Medium: 30 days
- Low: 90 days
`,
  ),
  refuses(
    'critical as a plain adjective',
    'policy-missing',
    `
## Dependencies

It is critical to patch within 7 days.
`,
  ),
  refuses(
    'critical packages are not critical vulnerabilities',
    'policy-missing',
    `
## Dependency updates

Critical packages are updated within 7 days, high packages within 14 days, medium and low packages within 30 days.
`,
  ),
  refuses(
    'the risk of an update is not a severity',
    'policy-missing',
    `
## Dependency updates

- Critical-risk updates: weekly
- High-risk updates: monthly
- Medium-risk updates: monthly
- Low-risk updates: daily
`,
  ),
  refuses(
    'a rule that others hide',
    'policy-incomplete',
    `
## Update policy

- Critical: 24 hours
- High: when the moon is full
- All others: 30 days
`,
  ),
  refuses(
    'one breath, two jobs',
    'policy-missing',
    `
## Dependencies

Critical issues are assessed and high issues are fixed within 7 days.
`,
  ),
  reads(
    'an adverb of time for the answer, a time for the fix',
    '24h,7d,30d,90d',
    `
## Vulnerable dependencies

- Critical: respond immediately, patch within 24 hours
- High: respond immediately, patch within 7 days
- Medium: 2 days to acknowledge, 30 days to fix
- Low: 5 days to acknowledge, 90 days to fix
`,
  ),
  refuses(
    'an old time and a new one',
    'policy-unreadable',
    `
## Update policy

Critical is patched within 24 hours, high within 7 days, medium within 30 days, low within 90 days.
Before 2024 we patched critical within 14 days.
`,
  ),
  refuses(
    'as low as',
    'policy-missing',
    `
## Dependency updates

We patch in as low as 7 days.
`,
  ),
  reads(
    'fixes of what was reported',
    '7d,7d,30d,next',
    `
## Handling reports

Reported critical and high vulnerabilities are fixed within 7 days, medium ones within 30 days, low in the next release.
`,
  ),
];
