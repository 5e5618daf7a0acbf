/** Portuguese policy words. */
import { combine } from '../../document/phrases.ts';
import type { Vocabulary } from '../vocabulary.ts';

export const portuguese: Vocabulary = {
  severities: {
    critical: 'crítica, críticas, crítico, críticos',
    high: 'alta, altas, alto, altos, elevada, elevadas',
    medium: 'média, médias, médio, médios, moderada, moderadas',
    low: 'baixa, baixas, baixo, baixos',
  },
  rest: 'todas as demais, todas as outras, as demais, os demais, o restante, demais',
  all: 'todas as vulnerabilidades',
  upward: 'ou superior, ou superiores, ou acima, e acima',
  downward: 'ou inferior, ou abaixo, e abaixo',
  numbers: {
    dois: 2,
    duas: 2,
    três: 3,
    quatro: 4,
    cinco: 5,
    seis: 6,
    sete: 7,
    oito: 8,
    nove: 9,
    dez: 10,
    doze: 12,
    quatorze: 14,
    quinze: 15,
    trinta: 30,
  },
  articles: 'um, uma, a',
  units: {
    hours: 'hora, horas',
    days: 'dia, dias, dias corridos, dia corrido',
    'business-days': 'dia útil, dias úteis',
    weeks: 'semana, semanas',
    months: 'mês, meses',
    quarters: 'trimestre, trimestres',
    years: 'ano, anos',
  },
  bounds:
    'em até, até, no prazo de, dentro de, em menos de, menos de, no máximo, em no máximo, máximo, máximo de, prazo máximo de, no prazo máximo de',
  between: 'entre',
  immediate: 'imediato, imediata, imediatamente, de imediato, sem demora',
  sameDay: 'no mesmo dia, mesmo dia',
  asap: 'o mais rápido possível, assim que possível, o quanto antes, logo que possível',
  vague: 'em breve, urgente, urgentemente, rapidamente',
  nextRelease: {
    any: `${combine('próxima', 'versão, release, versão planejada, versão programada')}, próximo lançamento, versão seguinte`,
    patch: 'próxima versão de correção',
    minor: 'próxima versão menor',
    major: 'próxima versão maior',
  },
  opportunistic:
    'quando possível, quando conveniente, melhor esforço, conforme disponibilidade, de forma oportunista, sem prazo definido',
  cadences: {
    daily: 'diariamente',
    weekly: 'semanal, semanalmente',
    monthly: 'mensal, mensalmente',
    quarterly: 'trimestral, trimestralmente',
  },
  fix: `corrigir, corrigida, corrigidas, corrigido, corrigimos, correção, correções, atualizar, atualizadas, atualização, atualizações, resolver, resolvidas,
    resolução, remediação, aplicar, aplicadas, patch, patches, solução`,
  other:
    'confirmação, confirmar, resposta, responder, respondemos, avaliação, avaliar, divulgação, triagem, análise, analisar',
  after: 'após, depois',
  of: 'de, da, do, desde',
  events: 'publicação, descoberta, detecção',
  joins: 'e, ou',
  soft: 'aproximadamente, normalmente, geralmente',
  exceptions: 'exceto, salvo, somente, apenas, mas, não, porém, nenhuma, nenhum',
  recurring: 'cada, todos os, todas as',
  carriers: 'dependências, pacotes',
  filler: `o, os, as, são, é, será, serão, devem, deve, para, com, por, em, no, na, nos, nas, vulnerabilidade, vulnerabilidades, severidade, gravidade, nível,
    prazo, tempo, dependência, ser`,
  alters:
    'são dobrados, dobrados, duplicados, suspensos, o dobro do tempo, período de carência, só se aplicam, aplicam-se apenas, não se aplicam, não se aplica',
  notInForce: 'exemplo, exemplos, modelo, anterior, antiga, obsoleta, rascunho',
  dependencyArea:
    'dependência, dependências, política de atualização, política de atualizações, bibliotecas, pacotes, terceiros',
  reportingArea: 'reportar, relatar, relatos, relatadas, divulgação, pesquisadores, resposta',
};
