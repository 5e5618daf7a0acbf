/** Indonesian policy words. */
import { combine } from '../../document/phrases.ts';
import type { Vocabulary } from '../vocabulary.ts';

const NEXT = 'berikutnya, selanjutnya, mendatang';

export const indonesian: Vocabulary = {
  severities: { critical: 'kritis, kritikal', high: 'tinggi', medium: 'sedang, menengah', low: 'rendah' },
  rest: 'semua lainnya, lainnya, sisanya',
  all: 'semua kerentanan',
  upward: 'atau lebih tinggi, ke atas, dan di atasnya',
  downward: 'atau lebih rendah, ke bawah',
  numbers: {
    satu: 1,
    dua: 2,
    tiga: 3,
    empat: 4,
    lima: 5,
    enam: 6,
    tujuh: 7,
    delapan: 8,
    sembilan: 9,
    sepuluh: 10,
    'tiga puluh': 30,
    'sembilan puluh': 90,
  },
  units: {
    hours: 'jam',
    days: 'hari, hari kalender',
    'business-days': 'hari kerja',
    weeks: 'minggu, pekan',
    months: 'bulan',
    quarters: 'kuartal, triwulan',
    years: 'tahun',
  },
  bounds: 'dalam, dalam waktu, paling lambat, maksimal, maksimum, kurang dari, hingga, selambat-lambatnya',
  to: 'sampai, sampai dengan',
  between: 'antara',
  immediate: 'segera, langsung, seketika, tanpa penundaan',
  sameDay: 'hari yang sama, pada hari yang sama',
  asap: 'secepatnya, sesegera mungkin, secepat mungkin',
  nextRelease: {
    any: combine('rilis, versi, rilis terjadwal', NEXT),
    patch: combine('rilis patch, rilis perbaikan', NEXT),
    minor: combine('rilis minor, versi minor', NEXT),
    major: combine('rilis mayor, versi mayor', NEXT),
  },
  opportunistic: 'bila memungkinkan, jika sempat, upaya terbaik, secara oportunistik, tanpa tenggat',
  cadences: {
    daily: 'setiap hari, harian',
    weekly: 'mingguan, setiap minggu',
    monthly: 'bulanan, setiap bulan',
    quarterly: 'triwulanan',
  },
  fix: 'perbaiki, diperbaiki, perbaikan, memperbaiki, ditambal, tambal, menambal, diperbarui, perbarui, memperbarui, pembaruan, diselesaikan, penyelesaian, diatasi, diterapkan',
  other:
    'konfirmasi, dikonfirmasi, respons, tanggapan, ditanggapi, balasan, penilaian, dinilai, evaluasi, pengungkapan, triase, analisis',
  after: 'setelah, sejak',
  events: 'publikasi, ditemukan, penemuan, terdeteksi',
  reported: 'pelaporan, dilaporkan, laporan',
  joins: 'dan, atau',
  soft: 'sekitar, biasanya, umumnya, kira-kira',
  exceptions: 'kecuali, hanya, tetapi, namun, tidak, bukan, tanpa',
  filler: `yang, kami, akan, harus, untuk, pada, di, dengan, oleh, kerentanan, celah keamanan, keamanan, tingkat, keparahan, waktu, batas waktu, tenggat,
    ketergantungan, dependensi, paket`,
  notInForce: 'contoh, templat, lama, usang, konsep',
  dependencyArea: 'dependensi, ketergantungan, kebijakan pembaruan, pustaka, paket, pihak ketiga',
  reportingArea: 'melaporkan, pelaporan, laporan, dilaporkan, pengungkapan, peneliti, respons',
};
