import type { Description } from '#app/catalog/description'
import { kindOf } from '#app/catalog/field_values'
import { sampleWish } from '#app/catalog/fields/wish'
import { passesLuhn } from '#app/catalog/fields/luhn'
import type { Random } from '#app/core/random'

/** Invented people of the demo city. Nobody of them exists; the phone numbers are not assigned. */
const FAMILIES = [
  ['佐藤', 'サトウ'],
  ['鈴木', 'スズキ'],
  ['田中', 'タナカ'],
  ['伊藤', 'イトウ'],
  ['渡辺', 'ワタナベ'],
  ['山本', 'ヤマモト'],
  ['中村', 'ナカムラ'],
  ['小林', 'コバヤシ'],
  ['加藤', 'カトウ'],
  ['丸山', 'マルヤマ'],
  ['宮沢', 'ミヤザワ'],
  ['百瀬', 'モモセ'],
  ['上條', 'カミジョウ'],
  ['赤羽', 'アカハネ'],
] as const
const GIVEN = [
  ['和子', 'カズコ'],
  ['幸子', 'サチコ'],
  ['節子', 'セツコ'],
  ['ハル', 'ハル'],
  ['千代', 'チヨ'],
  ['文子', 'フミコ'],
  ['清', 'キヨシ'],
  ['勇', 'イサム'],
  ['正', 'タダシ'],
  ['茂', 'シゲル'],
  ['誠', 'マコト'],
  ['久', 'ヒサシ'],
] as const
/** Those whom everybody meets in the demo. */
export const KNOWN_PEOPLE = [
  { name: '山田 はるゑ', kana: 'ヤマダ ハルエ', birthDate: '1944-05-03' },
  { name: '髙橋 勲', kana: 'タカハシ イサオ', birthDate: '1926-01-02' },
  { name: '𠮷澤 淳', kana: 'ヨシザワ ジュン', birthDate: '1947-11-20' },
  { name: '小林 誠', kana: 'コバヤシ マコト', birthDate: '1941-02-14' },
  { name: '小林 誠', kana: 'コバヤシ マコト', birthDate: '1950-08-30' },
  { name: 'NGUYEN THI LAN', kana: 'グエン ティ ラン', birthDate: '1953-04-09' },
] as const
/** towns with their postcodes, as in resources/postcodes/sample.csv */
const STREETS = [
  ['大字上久保', '3999903'],
  ['大字下久保', '3999904'],
  ['青嶺', '3999902'],
  ['本町', '3999901'],
  ['大字片瀬', '3999905'],
  ['西町', '3999906'],
] as const
const WATCHWORDS = ['あさがお', 'ひまわり', 'すずらん', 'りんどう', 'こすもす', 'もみじ']

/** Values of any service's form as a person might write them, in the form in which they are compared. */
export function inventFor(
  description: Description,
  random: Random,
  today: string
): Record<string, string> {
  const resident = inventResident(random)
  const known: Record<string, string> = {
    ...(description.slug === 'vaccination' ? inventAnswers(random, today) : {}),
  }
  const { person } = description
  const invented = description.groups
    .flatMap((group) => group.fields)
    .map((field) => {
      if (field.key in known) return [field.key, known[field.key]]
      if (field.key === person.kana) return [field.key, resident.kana]
      if (field.key === person.name) return [field.key, resident.name]
      if (field.key === person.birthDate) return [field.key, resident.birthDate]
      if (field.key === person.postcode) return [field.key, resident.postcode]
      if (field.key === person.address) return [field.key, resident.address]
      if (field.key === person.phone) return [field.key, resident.phone]
      return [field.key, kindOf(field).sample(random, { field, resident, today })]
    })
  return Object.fromEntries(invented)
}

/** Values of the vaccination form as a person might write them, in the form in which they are compared. */
export function inventAnswers(random: Random, today: string): Record<string, string> {
  const resident = inventResident(random)
  const wishes = Array.from({ length: 3 }, () => sampleWish(random, today))
  return {
    name_kana: resident.kana,
    name: resident.name,
    birth_date: resident.birthDate,
    voucher_number: voucherNumber(random),
    postcode: resident.postcode,
    address: resident.address,
    phone: resident.phone,
    vaccines: random.pick(['influenza', 'covid', 'influenza,covid']),
    wish1: wishes[0],
    wish2: random.chance(0.15) ? '' : wishes[1],
    wish3: random.chance(0.35) ? '' : wishes[2],
    asked_by: random.pick(['self', 'self', 'self', 'family', 'proxy', '']),
    companion: random.pick(['none', 'one', 'wheelchair', '']),
    type_size: random.pick(['large', 'large', 'huge', '']),
    watchword: random.chance(0.2) ? '' : random.pick(WATCHWORDS),
  }
}

/** Somebody with an address, and in most cases a phone. */
export function inventResident(random: Random) {
  const person = random.chance(0.25) ? random.pick(KNOWN_PEOPLE) : inventPerson(random)
  const [street, postcode] = random.pick(STREETS)
  return {
    ...person,
    address: street.startsWith('大字')
      ? `青嶺市${street}${random.whole(1, 2400)}番地${random.whole(1, 12)}`
      : `青嶺市${street}${random.whole(1, 5)}丁目${random.whole(1, 30)}番${random.whole(1, 15)}号`,
    postcode,
    phone: random.chance(0.12) ? '' : `026300${String(random.whole(0, 9999)).padStart(4, '0')}`,
  }
}

function inventPerson(random: Random) {
  const [family, familyKana] = random.pick(FAMILIES)
  const [given, givenKana] = random.pick(GIVEN)
  const birthDate = `${random.whole(1930, 1959)}-${pad(random.whole(1, 12))}-${pad(random.whole(1, 28))}`
  return { name: `${family} ${given}`, kana: `${familyKana} ${givenKana}`, birthDate }
}

/** Ten digits; the last one is the check digit. */
export function voucherNumber(random: Random): string {
  const body = Array.from({ length: 9 }, () => random.whole(0, 9)).join('')
  return Array.from({ length: 10 }, (_, digit) => `${body}${digit}`).find(passesLuhn)!
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
