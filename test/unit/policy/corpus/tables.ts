/** Tables: severity in any column, scores, several time columns, units in the header, lying on their side. */
import { reads, refuses } from './case.ts';

export const TABLES = [
  reads(
    'severity and time',
    '24h,7d,30d,90d',
    `
## Update policy

| Severity | Time to fix |
| -------- | ----------- |
| Critical | 24 hours    |
| High     | 7 days      |
| Medium   | 30 days     |
| Low      | 90 days     |
`,
  ),
  reads(
    'severity in the last column',
    'now,7d,next,someday',
    `
## Dependency updates

| Patched                 | Severity     |
| ----------------------- | ------------ |
| immediately             | **Critical** |
| within 7 days           | **High**     |
| in the next release     | **Medium**   |
| opportunistically       | **Low**      |
`,
  ),
  reads(
    'scores and labels',
    '48h,5bd,1mo,next',
    `
## Vulnerability management

| Level    | CVSS       | Resolution      |
| -------- | ---------- | --------------- |
| Critical | 9.0 - 10.0 | 48 hours        |
| High     | 7.0 - 8.9  | 5 business days |
| Medium   | 4.0 - 6.9  | 1 month         |
| Low      | 0.1 - 3.9  | next release    |
`,
  ),
  reads(
    'scores alone',
    '48h,7d,30d,90d',
    `
## Update policy

| CVSS score | Update within |
| ---------- | ------------- |
| 9.0 – 10.0 | 48 hours      |
| 7.0 – 8.9  | 7 days        |
| 4.0 – 6.9  | 30 days       |
| 0.1 – 3.9  | 90 days       |
`,
  ),
  reads(
    'triage beside the fix',
    '3d,14d,60d,180d',
    `
## Vulnerable dependencies

| Severity | Triage   | Fix      |
| -------- | -------- | -------- |
| Critical | 4 hours  | 3 days   |
| High     | 1 day    | 14 days  |
| Medium   | 3 days   | 60 days  |
| Low      | 5 days   | 180 days |
`,
  ),
  reads(
    'four clocks',
    '7d,30d,90d,next',
    `
## Handling of vulnerabilities

| Severity | First response | Assessment | Patch        | Disclosure |
| -------- | -------------- | ---------- | ------------ | ---------- |
| Critical | 24 hours       | 2 days     | 7 days       | 30 days    |
| High     | 48 hours       | 4 days     | 30 days      | 60 days    |
| Medium   | 72 hours       | 7 days     | 90 days      | 120 days   |
| Low      | 1 week         | 14 days    | next release | 180 days   |
`,
  ),
  reads(
    'a header called response with cells about patching',
    '24h,7d,30d,90d',
    `
## Security

| Severity | Response              |
| -------- | --------------------- |
| Critical | Patch within 24 hours |
| High     | Patch within 7 days   |
| Medium   | Patch within 30 days  |
| Low      | Patch within 90 days  |
`,
  ),
  reads(
    'a unit in the header',
    '1d,7d,30d,90d',
    `
## Patching

| Severity | Days to patch |
| -------- | ------------- |
| Critical | 1             |
| High     | 7             |
| Medium   | 30            |
| Low      | 90            |
`,
  ),
  reads(
    'business days in the header',
    '2bd,5bd,20bd,60bd',
    `
## Patching

| Severity | Fix (business days) |
| -------- | ------------------- |
| Critical | 1-2                 |
| High     | 5                   |
| Medium   | 20                  |
| Low      | 60                  |
`,
  ),
  refuses(
    'business days in the header and days in the cells',
    'policy-missing',
    `
## Patching

| Severity | Fix (business days) |
| -------- | ------------------- |
| Critical | 2 days              |
| High     | 5 days              |
| Medium   | 20 days             |
| Low      | 60 days             |
`,
  ),
  refuses(
    'bare numbers without a unit',
    'policy-missing',
    `
## Patching

| Severity | Fix |
| -------- | --- |
| Critical | 1   |
| High     | 7   |
| Medium   | 30  |
| Low      | 90  |
`,
  ),
  reads(
    'lying on its side',
    '24h,7d,30d,90d',
    `
## Update policy

|             | Critical | High   | Medium  | Low     |
| ----------- | -------- | ------ | ------- | ------- |
| Acknowledge | 1 hour   | 1 day  | 2 days  | 7 days  |
| Fix         | 24 hours | 7 days | 30 days | 90 days |
`,
  ),
  reads(
    'descriptions are not read',
    '24h,7d,30d,90d',
    `
## Update policy

| Severity | What it looks like                        | Deadline |
| -------- | ----------------------------------------- | -------- |
| Critical | Remote code execution, no login needed    | 24 hours |
| High     | Data of other tenants can be read         | 7 days   |
| Medium   | Needs unlikely settings                   | 30 days  |
| Low      | A nuisance                                | 90 days  |
`,
  ),
  reads(
    'combined rows',
    '7d,7d,90d,90d',
    `
## Update policy

| Severity     | Update  |
| ------------ | ------- |
| Critical/High | 7 days |
| Medium, Low  | 90 days |
`,
  ),
  reads(
    'a row for everything else',
    '2d,10d,next,next',
    `
## Dependency updates

| Severity  | Update       |
| --------- | ------------ |
| Critical  | 2 days       |
| High      | 10 days      |
| All other | next release |
`,
  ),
  reads(
    'an informational row',
    '24h,7d,30d,90d',
    `
## Update policy

| Severity      | Update within |
| ------------- | ------------- |
| Critical      | 24 hours      |
| High          | 7 days        |
| Medium        | 30 days       |
| Low           | 90 days       |
| Informational | 1 year        |
`,
  ),
  reads(
    'breaks and bold in cells',
    '24h,7d,30d,90d',
    `
## Update policy

| Severity                  | Update within  |
| ------------------------- | -------------- |
| 🔴 **Critical**<br>(9.0+) | **24** hours   |
| **High**                  | \`7 days\`     |
| **Medium**                | 30&nbsp;days   |
| **Low**                   | *90 days*      |
`,
  ),
  refuses(
    'two fix columns',
    'policy-missing',
    `
## Update policy

| Severity | Patch internal | Patch public |
| -------- | -------------- | ------------ |
| Critical | 7 days         | 24 hours     |
| High     | 14 days        | 7 days       |
| Medium   | 60 days        | 30 days      |
| Low      | 120 days       | 90 days      |
`,
  ),
  refuses(
    'only first answers',
    'policy-missing',
    `
## Security

| Severity | First response |
| -------- | -------------- |
| Critical | 24 hours       |
| High     | 2 days         |
| Medium   | 5 days         |
| Low      | 10 days        |
`,
  ),
  refuses(
    'a row with a condition',
    'policy-unreadable',
    `
## Update policy

| Severity             | Update within |
| -------------------- | ------------- |
| Critical (exploited) | 24 hours      |
| Critical             | 7 days        |
| High                 | 14 days       |
| Medium               | 30 days       |
| Low                  | 90 days       |
`,
  ),
  refuses(
    'severity and impact disagree',
    'policy-incomplete',
    `
## Update policy

| Severity | Impact | Update within |
| -------- | ------ | ------------- |
| Critical | High   | 24 hours      |
| High     | High   | 7 days        |
| Medium   | Low    | 30 days       |
| Low      | Low    | 90 days       |
`,
  ),
  refuses(
    'an empty cell',
    'policy-incomplete',
    `
## Update policy

| Severity | Update within |
| -------- | ------------- |
| Critical | 24 hours      |
| High     |               |
| Medium   | 30 days       |
| Low      | 90 days       |
`,
  ),
  refuses(
    'a cell with two times',
    'policy-incomplete',
    `
## Update policy

| Severity | Update within       |
| -------- | ------------------- |
| Critical | 24 hours / 48 hours |
| High     | 7 days              |
| Medium   | 30 days             |
| Low      | 90 days             |
`,
  ),
  refuses(
    'a supported-versions table',
    'policy-missing',
    `
## Supported versions

| Version | Supported until |
| ------- | --------------- |
| 2.x     | 12 months       |
| 1.x     | 3 months        |
`,
  ),
  refuses(
    'a row that continues the one above',
    'policy-unreadable',
    `
## Update policy

| Severity | Where           | Update within |
| -------- | --------------- | ------------- |
| Critical | internet-facing | 24 hours      |
|          | internal        | 7 days        |
| High     | everywhere      | 14 days       |
| Medium   | everywhere      | 30 days       |
| Low      | everywhere      | 90 days       |
`,
  ),
  reads(
    'a row for a label without a severity',
    '7d,14d,30d,90d',
    `
## Update policy

| Severity | Update within |
| -------- | ------------- |
| Zero-day | 24 hours      |
| Critical | 7 days        |
| High     | 14 days       |
| Medium   | 30 days       |
| Low      | 90 days       |
`,
  ),
];
