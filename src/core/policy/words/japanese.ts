/** Japanese policy words. `重大` and `緊急` are what GitHub and JVN in Japanese call critical; `重要`, used for two levels, is left out. */
import { combine } from '../../document/phrases.ts';
import type { Vocabulary } from '../vocabulary.ts';

const NEXT = '次, 次回, 次期';
const OF = ', の';
const FLAW = ', の脆弱性, 脆弱性, レベル';

export const japanese: Vocabulary = {
  severities: {
    critical: combine('重大, 緊急, クリティカル, 致命的', FLAW).replaceAll(' ', ''),
    high: combine('高', FLAW).replaceAll(' ', ''),
    medium: combine('中, 中程度', FLAW).replaceAll(' ', ''),
    low: combine('低', FLAW).replaceAll(' ', ''),
  },
  rest: 'その他, それ以外',
  all: 'すべての脆弱性, 全ての脆弱性',
  upward: '以上',
  downward: '以下',
  units: {
    hours: '時間',
    days: '日, 日間, 暦日',
    'business-days': '営業日',
    weeks: '週, 週間',
    months: 'か月, ヶ月, カ月, ケ月, 箇月, か月間, ヶ月間',
    quarters: '四半期',
    years: '年',
  },
  bounds: '以内, 以内に, までに, まで, 最大, 遅くとも, 未満',
  to: 'から',
  immediate: '直ちに, ただちに, 即時, 即座に, すぐに, 至急',
  sameDay: '当日中, 当日中に, 即日, 当日',
  asap: 'できるだけ早く, 可能な限り早く, なるべく早く, できる限り早く, 速やかに',
  vague: '早急に, 迅速に',
  nextRelease: {
    any: combine(NEXT, OF, 'リリース, バージョン, 定期リリース').replaceAll(' ', ''),
    patch: combine(NEXT, OF, 'パッチリリース').replaceAll(' ', ''),
    minor: combine(NEXT, OF, 'マイナーリリース, マイナーバージョン').replaceAll(' ', ''),
    major: combine(NEXT, OF, 'メジャーリリース, メジャーバージョン').replaceAll(' ', ''),
  },
  opportunistic: '随時, 適宜, ベストエフォート, 余裕があれば, 可能な範囲で',
  cadences: { daily: '毎日', weekly: '毎週', monthly: '毎月', quarterly: '四半期ごと' },
  fix: '修正, 修正する, 修正します, パッチ, パッチを適用, 適用, 更新, アップデート, 解決, 解消',
  other: '確認, 返信, 応答, 回答, 評価, 公開, 開示, 連絡, 初動, 調査, 分析',
  joins: 'と, または, および, 及び, 又は, 、',
  soft: '約, 通常, 原則, 原則として, 目標',
  exceptions: '除く, のみ, ただし, 但し, 場合, ない, ません, 例外',
  filler:
    'の, は, を, に, が, で, へ, も, 脆弱性, 深刻度, 重要度, 重大度, レベル, 対応, 対応する, 対応します, 期限, 目安, 依存関係, 依存パッケージ, する, します, 行う, 行います, ・, 期間, セキュリティ, 級, 度',
  alters: '2倍, 二倍, 半分, 停止し, 延長され, 延長し, 猶予期間, のみ適用, にのみ適用, 適用されません, 適用されない',
  notInForce: '例, サンプル, テンプレート, 旧, 以前, 廃止, 草案',
  dependencyArea:
    '依存関係, 依存パッケージ, 依存ライブラリ, ライブラリ, 更新ポリシー, アップデートポリシー, サードパーティ',
  reportingArea: '報告, 開示, 通報, 連絡, 報告された',
};
