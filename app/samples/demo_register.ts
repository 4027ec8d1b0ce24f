import { inventResident, KNOWN_PEOPLE, voucherNumber } from '#app/samples/people'
import { Random } from '#app/core/random'
import { csvFile } from '#app/core/csv_file'

const PEOPLE = 60
const SEED = 4_821
const HEADINGS = [
  '接種券番号',
  'カナ氏名',
  '氏名',
  '生年月日',
  '郵便番号',
  '住所',
  '電話番号',
  '送付先',
  '発送停止',
]

/** The demo city's register: everybody, and a day's changes to it. The first voucher is 1234567897, 山田 はるゑ. */
export function demoRegister(): { full: Buffer; changes: Buffer } {
  const random = new Random(SEED)
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const known = KNOWN_PEOPLE[index]
    const resident = { ...strangerTo(random), ...known }
    return [
      index === 0 ? '1234567897' : voucherNumber(random),
      resident.kana,
      resident.name,
      resident.birthDate,
      resident.postcode,
      // Two people of one name live in one street.
      resident.name === '小林 誠' ? '青嶺市青嶺3丁目4番5-203号' : resident.address,
      index === 0 ? '0263001234' : resident.phone,
      index === 5 ? '若葉荘気付 NGUYEN THI HOA' : '',
      index === 7 ? '本人の申し出' : '',
    ]
  })
  const changed = [...people[10]]
  changed[5] = '青嶺市本町2丁目8番1号'
  const changes = [
    [...HEADINGS, '異動'],
    [...changed, '転居'],
    [...people[11], '死亡'],
    [...people[12], '転出'],
    [
      '1000000008',
      'アオミネ ハナ',
      '青嶺 花',
      '1946-04-01',
      '3999905',
      '青嶺市西町1丁目1番1号',
      '',
      '',
      '',
      '転入',
    ],
  ]
  return {
    full: csvFile([HEADINGS, ...people], 'utf8').file,
    changes: csvFile(changes, 'cp932').file,
  }
}

/** Somebody whom the demo doesn't know by name: those are in the register once. */
function strangerTo(random: Random): ReturnType<typeof inventResident> {
  for (;;) {
    const resident = inventResident(random)
    if (!KNOWN_PEOPLE.some((known) => known.name === resident.name)) return resident
  }
}
