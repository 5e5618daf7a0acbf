/** Plain forms in the other languages. */
import { reads, refuses } from './case.ts';

export const LANGUAGES = [
  reads(
    'German',
    '24h,7d,next,someday',
    `
## Update-Richtlinie

- **Kritisch**: Behebung innerhalb von 24 Stunden
- **Hoch**: Behebung innerhalb von 7 Tagen
- **Mittel**: im nächsten Release
- **Niedrig**: bei Gelegenheit
`,
  ),
  reads(
    'German sentences',
    'now,5bd,4w,3mo',
    `
## Abhängigkeiten

Kritische Schwachstellen werden sofort behoben, hohe binnen 5 Arbeitstagen, mittlere spätestens nach 4 Wochen und niedrige
innerhalb von drei Monaten.
`,
  ),
  refuses(
    'German with an exception',
    'policy-missing',
    `
## Abhängigkeiten

Kritische Schwachstellen werden nicht innerhalb von 24 Stunden behoben.
`,
  ),
  reads(
    'French',
    '24h,7d,30d,next',
    `
## Politique de mise à jour

- Critique : corrigée sous 24 heures
- Élevée : corrigée sous 7 jours
- Moyenne : corrigée dans un délai de 30 jours
- Faible : dans la prochaine version
`,
  ),
  reads(
    'French table',
    '48h,5bd,1mo,3mo',
    `
## Dépendances

| Gravité  | Correction      |
| -------- | --------------- |
| Critique | 24 à 48 heures  |
| Haute    | 5 jours ouvrés  |
| Modérée  | 1 mois          |
| Faible   | 3 mois          |
`,
  ),
  refuses(
    'French working days that may count Saturdays',
    'policy-missing',
    `
## Dépendances

| Gravité  | Correction         |
| -------- | ------------------ |
| Critique | 2 jours ouvrables  |
`,
  ),
  reads(
    'Spanish',
    'now,7d,next,someday',
    `
## Política de actualización

- **Críticas**: corregir de inmediato
- **Altas**: corregir en un plazo de 7 días
- **Medias**: en la próxima versión
- **Bajas**: cuando sea posible
`,
  ),
  reads(
    'Spanish with hours and working days',
    '48h,5bd,30d,90d',
    `
## Actualizaciones de dependencias

- Crítica: 24-48 horas
- Alta: 5 días hábiles
- Media: hasta 30 días
- Baja: 90 días
`,
  ),
  reads(
    'Portuguese',
    '24h,7d,30d,next',
    `
## Política de atualização

- Crítica: corrigida em até 24 horas
- Alta: corrigida no prazo de 7 dias
- Média: corrigida em até 30 dias
- Baixa: na próxima versão
`,
  ),
  reads(
    'Italian',
    'now,7d,30d,next',
    `
## Politica di aggiornamento

- Critica: correzione immediata
- Alta: correzione entro 7 giorni
- Media: correzione entro 30 giorni
- Bassa: nella prossima versione
`,
  ),
  reads(
    'Indonesian',
    '24h,7d,30d,next',
    `
## Kebijakan pembaruan

- Kritis: diperbaiki dalam 24 jam
- Tinggi: diperbaiki dalam 7 hari
- Sedang: diperbaiki maksimal 30 hari
- Rendah: rilis berikutnya
`,
  ),
  reads(
    'Chinese',
    '24h,7d,30d,next',
    `
## 更新策略

- **严重**：24 小时内修复
- **高危**：7 天内修复
- **中危**：30天内修复
- **低危**：下一个版本修复
`,
  ),
  reads(
    'Chinese table',
    'now,3bd,1mo,3mo',
    `
## 依赖更新

| 严重程度 | 修复时限   |
| -------- | ---------- |
| 严重     | 立即       |
| 高       | 3个工作日  |
| 中       | 一个月     |
| 低       | 三个月     |
`,
  ),
  reads(
    'Japanese',
    '24h,7d,30d,next',
    `
## 更新ポリシー

- **緊急**：24時間以内に修正
- **高**：7日以内に修正
- **中**：30日以内に修正
- **低**：次回リリースで修正
`,
  ),
  reads(
    'Japanese table',
    'now,5bd,3mo,someday',
    `
## 依存関係の更新

| 深刻度 | 修正期限   |
| ------ | ---------- |
| 重大   | 直ちに     |
| 高     | 5営業日    |
| 中     | 3か月      |
| 低     | 随時       |
`,
  ),
  refuses(
    'Chinese haste without a time',
    'policy-vague',
    `
## 更新策略

- 严重：尽快修复
- 高危：7 天内修复
- 中危：30天内修复
- 低危：下一个版本修复
`,
  ),
  refuses(
    'a language nobody taught it',
    'policy-missing',
    `
## Zásady aktualizací

- Kritická: oprava do 24 hodin
- Vysoká: oprava do 7 dnů
`,
  ),
];
