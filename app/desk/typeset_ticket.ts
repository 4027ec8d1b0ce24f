import { typeset } from '#app/shared/typesetter'
import { wallTime } from '#app/shared/clock'
import { eraDate, spokenTime } from '#app/shared/japanese_calendar'

/** A ticket for a narrow printer, 80 mm wide. */
export async function typesetTicket(number: number, wait: number): Promise<Buffer> {
  const now = wallTime()
  const { pdf } = await typeset('ticket.typ', {
    title: '整理券',
    number,
    wait,
    at: `${eraDate(now.slice(0, 10))} ${spokenTime(now.slice(11))}`,
  })
  return pdf
}
