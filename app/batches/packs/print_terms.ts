import type Pack from '#app/batches/packs/pack'
import { eraAndYear, eraMoment } from '#app/core/japanese_calendar'
import { typeset } from '#app/core/typesetter'

/** Typesets the terms of a pack, as they were accepted (3条通知), for who keeps papers. */
export async function printTerms({ id, terms }: Pack): Promise<Buffer> {
  const { pdf } = await typeset(
    'terms.typ',
    {
      ...terms,
      id,
      agreed_on: eraAndYear(terms.agreedOn),
      until: eraMoment(terms.until),
      inspected_on: eraAndYear(terms.inspectedOn),
      paid_on: eraAndYear(terms.paidOn),
    },
    { accessible: true }
  )
  return pdf
}
