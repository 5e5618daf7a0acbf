/** French policy words. `jours ouvrables` is left out on purpose: in French law it counts Saturdays, in common use it does not. */
import { combine } from '../vocabulary.ts';
import type { Vocabulary } from '../vocabulary.ts';

const VERSION = 'version, release';

export const french: Vocabulary = {
  severities: {
    critical: 'critique, critiques',
    high: 'élevé, élevée, élevés, élevées, haute, hautes, haut',
    medium: 'moyen, moyenne, moyens, moyennes, modéré, modérée, modérées, modérés',
    low: 'faible, faibles, basse, basses',
  },
  rest: 'toutes les autres, tous les autres, les autres, autres',
  all: 'toutes les vulnérabilités, toutes les failles',
  upward: 'ou plus, et plus, ou supérieure, ou supérieur, et supérieure',
  downward: 'ou inférieure, ou moins, et inférieure',
  numbers: {
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    neuf: 9,
    dix: 10,
    douze: 12,
    quatorze: 14,
    quinze: 15,
    trente: 30,
  },
  articles: 'un, une, à',
  units: {
    hours: 'heure, heures',
    days: 'j, jour, jours, jours calendaires, jour calendaire',
    'business-days': 'jour ouvré, jours ouvrés',
    weeks: 'semaine, semaines',
    months: 'mois',
    quarters: 'trimestre, trimestres',
    years: 'ans, année, années',
  },
  bounds: `sous, dans les, dans un délai de, en moins de, moins de, au plus tard, au plus, maximum, au maximum, jusqu'à, dans un délai maximum de,
    d'ici, dans un délai maximal de`,
  between: 'entre',
  immediate: 'immédiat, immédiate, immédiatement, sans délai',
  sameDay: 'le jour même, dans la journée',
  asap: 'dès que possible, au plus vite, aussi vite que possible, le plus rapidement possible, le plus tôt possible',
  vague: 'rapidement, bientôt, en urgence, urgent, dans les meilleurs délais',
  nextRelease: {
    any: `${combine('prochaine', VERSION)}, ${combine(VERSION, 'suivante')}, prochaine version planifiée, prochaine version prévue`,
    patch: 'prochaine version corrective, prochaine version de correction',
    minor: 'prochaine version mineure',
    major: 'prochaine version majeure',
  },
  opportunistic:
    "au mieux, à l'occasion, opportuniste, selon les disponibilités, de manière opportuniste, sans délai fixe",
  cadences: {
    daily: 'quotidien, quotidiennement',
    weekly: 'hebdomadaire',
    monthly: 'mensuel, mensuellement',
    quarterly: 'trimestriel, trimestrielle',
  },
  fix: `corriger, corrigé, corrigée, corrigées, corrigés, correction, corrections, correctif, correctifs, mise à jour, mises à jour, mettre à jour,
    résoudre, résolu, résolue, résolues, résolution, remédiation, appliqué, appliqués, déployé, déployés`,
  other: `accusé de réception, accuser réception, réponse, répondre, répondons, évaluation, évaluer, divulgation, analyse, analysé, confirmer, analysée`,
  after: 'après, suivant',
  of: 'de, du, des',
  events: 'publication, découverte, détection',
  otherEvents: 'signalement',
  joins: 'et, ou, puis',
  soft: 'environ, généralement, en général',
  exceptions: 'sauf, excepté, seulement, uniquement, mais, ne, pas, toutefois, cependant, aucun, aucune',
  filler: `le, la, les, l', nous, sont, est, sera, seront, être, doivent, doit, pour, dans, avec, par, en, vulnérabilité, vulnérabilités, faille, failles,
    sévérité, gravité, niveau, risque, délai, dépendance, dépendances, paquet, paquets, au, aux, toutes, tous`,
  dependencyArea:
    'dépendance, dépendances, politique de mise à jour, politique de mises à jour, bibliothèques, paquets, tiers',
  reportingArea: 'signaler, signalement, signalées, signalés, divulgation, chercheurs, réponse',
};
