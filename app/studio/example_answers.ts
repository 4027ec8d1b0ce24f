import type { Field, FieldKindName, ServiceFiles } from '#app/catalog/description'

/** What an example of a filled-in form shows, by kind; nobody is called so. */
const ANSWERS: Partial<Record<FieldKindName, string>> = {
  kana: 'アオミネ ハナコ',
  name: '青嶺 花子',
  era_date: '1944-05-03',
  date: '2026-11-03',
  postcode: '3999901',
  address: '青嶺市本町1丁目1番1号',
  phone: '0263001234',
  wish: '12-10 10:30',
  money: '10000',
  branch: '本店',
  account_number: '1234567',
  account_holder: 'アオミネ ハナコ',
  yucho_symbol: '12340',
  yucho_number: '12345671',
}

/** Answers for every field that somebody fills in, as an example beside the empty form. */
export function exampleAnswers({ groups, person }: ServiceFiles): Record<string, string> {
  return Object.fromEntries(
    groups
      .flatMap((group) => group.fields)
      .flatMap((field) => {
        const value = exampleOf(field, field.key === person.watchword)
        return value ? [[field.key, value]] : []
      })
  )
}

function exampleOf({ kind, cells, options }: Field, isWatchword: boolean): string | undefined {
  if (isWatchword) return 'あさがお'
  if (kind === 'digits') return '1234567890123'.slice(0, cells ?? 4)
  if (kind === 'choice' || kind === 'ticks') return options?.[0]?.value
  return ANSWERS[kind]
}
