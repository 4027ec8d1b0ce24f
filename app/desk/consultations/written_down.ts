import type { ConsultationNotes } from '#app/desk/consultations/consultation'
import { numbersIn } from '#app/desk/consultations/numbers_in'
import type { WrittenDown } from '#app/registry/kept_apart'

/** Gathers what a partner would be told of somebody, wherever in the notes it stands. */
export function writtenDown(
  notes: Pick<ConsultationNotes, 'who' | 'phone' | 'followUp'> | undefined
): WrittenDown {
  const { who = '', phone = '', followUp = '' } = notes ?? {}
  return { name: who, phones: [phone, ...numbersIn(who), ...numbersIn(followUp)].filter(Boolean) }
}
