/** Chinese policy words, simplified and traditional. `严重` is what GitHub and CVE databases in Chinese call critical. */
import { combine } from '../../document/phrases.ts';
import type { Vocabulary } from '../vocabulary.ts';

const NEXT = '下一个, 下个, 下一, 下一個, 下個, 下次';
// `严重级别` is the word for severity itself.
const CRITICAL_FLAW = ', 漏洞, 级漏洞, 級漏洞, 风险漏洞, 風險漏洞';
const FLAW = ', 漏洞, 级漏洞, 級漏洞, 级, 級, 级别, 級別, 风险漏洞, 風險漏洞, 风险, 風險';

export const chinese: Vocabulary = {
  severities: {
    critical: `${combine('危急, 超危, 致命', FLAW)}, ${combine('严重, 嚴重', CRITICAL_FLAW)}`.replaceAll(' ', ''),
    high: combine('高危, 高', FLAW).replaceAll(' ', ''),
    medium: combine('中危, 中, 中等', FLAW).replaceAll(' ', ''),
    low: combine('低危, 低', FLAW).replaceAll(' ', ''),
  },
  rest: '其他, 其它, 其余, 其餘, 所有其他',
  all: '所有漏洞, 全部漏洞',
  upward: '及以上, 或以上, 以上',
  downward: '及以下, 或以下, 以下',
  numbers: {
    一: 1,
    两: 2,
    兩: 2,
    二: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
    十: 10,
    十四: 14,
    十五: 15,
    二十四: 24,
    三十: 30,
    四十八: 48,
    六十: 60,
    七十二: 72,
    九十: 90,
  },
  units: {
    hours: '小时, 小時, 个小时, 個小時',
    days: '天, 日, 自然日, 个自然日, 日历日',
    'business-days': '个工作日, 工作日, 工作天, 個工作日, 個工作天',
    weeks: '周, 週, 星期, 个星期, 個星期',
    months: '个月, 個月',
    quarters: '个季度, 個季度, 季度',
    years: '年',
  },
  bounds: '内, 內, 之内, 之內, 以内, 以內, 不超过, 不超過, 最多, 最迟, 最遲, 最晚, 不晚于, 不晚於, 在',
  to: '至, 到',
  immediate: '立即, 立刻, 马上, 馬上, 即时, 即時',
  sameDay: '当天, 當天, 当日, 當日',
  asap: '尽快, 盡快, 儘快',
  vague: '及时, 及時, 尽早, 盡早',
  nextRelease: {
    any: combine(NEXT, '版本, 发布版本, 發布版本, 发行版, 发布周期, 发布, 發布').replaceAll(' ', ''),
    patch: combine(NEXT, '补丁版本, 補丁版本, 修订版本').replaceAll(' ', ''),
    minor: combine(NEXT, '次版本, 小版本').replaceAll(' ', ''),
    major: combine(NEXT, '主版本, 大版本').replaceAll(' ', ''),
  },
  opportunistic: '酌情, 视情况, 視情況, 择机, 擇機, 尽力而为, 盡力而為, 有空时, 适时, 適時',
  cadences: { daily: '每日, 每天', weekly: '每周, 每週', monthly: '每月', quarterly: '每季度' },
  fix: '修复, 修復, 修补, 修補, 补丁, 補丁, 更新, 升级, 升級, 解决, 解決, 处理完成, 修正, 打补丁',
  other: '确认, 確認, 响应, 響應, 回复, 回覆, 答复, 评估, 評估, 披露, 公开, 分析, 通知, 反馈, 初步',
  joins: '和, 与, 與, 或, 及, 、',
  soft: '约, 大约, 一般, 通常, 争取',
  exceptions: '除非, 除外, 仅, 僅, 但, 不, 没有, 沒有, 例外',
  filler:
    '的, 漏洞, 安全, 安全漏洞, 严重程度, 嚴重程度, 严重性, 严重级别, 级别, 級別, 等级, 等級, 将, 將, 应, 應, 须, 須, 必须, 必須, 我们, 我們, 会, 會, 于, 於, 被, 进行, 時間, 时间, 时限, 期限, 依赖, 依賴, 需, 需要, 给予, 完成, 中的',
  alters: '加倍, 翻倍, 减半, 减半, 暂停, 暫停, 宽限期, 寬限期, 仅适用, 僅適用, 不适用, 不適用, 只适用',
  notInForce: '示例, 例如, 模板, 旧, 舊, 草案, 已废弃',
  dependencyArea: '依赖, 依賴, 依赖项, 第三方, 更新策略, 更新政策, 组件',
  reportingArea: '报告, 報告, 上报, 披露, 响应, 提交',
};
