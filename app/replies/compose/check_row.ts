import { addressCode } from '#app/catalog/addresses/address_code'
import { postcodeFits } from '#app/catalog/addresses/postcode_fits'
import { fieldOf, show } from '#app/catalog/field_values'
import { today } from '#app/core/clock'
import { eraDate } from '#app/core/japanese_calendar'
import type { TableRow } from '#app/core/tables/table'
import { enclosureFaults } from '#app/replies/enclosures/enclosing_of'
import { letterFaults } from '#app/replies/check_letter'
import type { Letter } from '#app/replies/letter'
import { fillTemplate, type LetterTemplate } from '#app/replies/templates/letter_template'

/** A row that became a letter, or why it didn't. */
export type CheckedRow =
  { row: number; ok: true; letter: Letter } | { row: number; ok: false; reasons: string[] }

/**
 * A name that ends with how somebody is addressed is given no second one. Only what ends no name counts: 義行 and 鵜殿
 * are whole.
 */
const ADDRESSED = /^(.+?)\s*(様|御中)$/
/** Addresses that have no number, and say so. */
const NUMBERLESS = /無番地|番外地|私書箱|気付/

/**
 * Composes the letter of a row, or says why it is held: `column: problem`. Nothing is guessed, and nothing is printed of
 * a row with a doubt.
 * @param size of the type (points)
 * @param seen whom the rows before are for, by name and address; kept up to date
 */
export async function checkRow(
  { row, values, reasons }: TableRow,
  {
    template,
    size,
    seen,
  }: { template: LetterTemplate; size: Letter['size']; seen: Map<string, number> }
): Promise<CheckedRow> {
  const problems = reasons.map(({ column, problem }) => `${column}: ${problem}`)
  if (problems.length > 0) return { row, ok: false, reasons: problems }
  const letter = letterOf(template, values, size)
  const { to } = letter
  const faults = letterFaults(letter)
  if (faults)
    problems.push(
      ...faults.glyphs.map((glyph) => `characters: ${glyph}`),
      ...faults.address.map((part) => `${part}: unreadable`)
    )
  if (addressCode(to.address) === '' && !NUMBERLESS.test(to.address))
    problems.push('住所: no_number')
  if ((await postcodeFits(values.postcode, to.address)) === false)
    problems.push('郵便番号: postcode_address')
  problems.push(...(await enclosureFaults(letter)))
  const who = [values.postcode, to.address, to.name].join('\n').replace(/[ \u3000]/g, '')
  const before = seen.get(who)
  if (before !== undefined) problems.push(`duplicate: ${before}`)
  else seen.set(who, row)
  return problems.length > 0 ? { row, ok: false, reasons: problems } : { row, ok: true, letter }
}

/** Returns a name without how it is addressed. */
export function bareName(name: string): string {
  return ADDRESSED.exec(name)?.[1] ?? name
}

/** Fills in the letter of a row in which nothing is wrong. */
export function letterOf(
  template: LetterTemplate,
  values: Record<string, string>,
  size: Letter['size']
): Letter {
  const [, bare = values.name, addressed] = ADDRESSED.exec(values.name) ?? []
  const to = {
    postcode: show(fieldOf('postcode'), values.postcode),
    address: [values.address, values.building].filter(Boolean).join(' '),
    name: bare,
  }
  const said = Object.fromEntries(
    template.fields.map(({ name }) => [name, values[`field:${name}`] ?? ''])
  )
  const words = { ...said, 氏名: to.name, 郵便番号: to.postcode, 住所: to.address }
  return {
    text: fillTemplate(template.text, words),
    date: eraDate(today()),
    to,
    honorific: values.honorific || addressed,
    receipt: '',
    contact: template.contact,
    ...(template.enclosure ? { enclosed: { form: template.enclosure.form, values: words } } : {}),
    size,
  }
}
