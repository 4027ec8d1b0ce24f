import { typeset } from '#app/core/typesetter'
import { wallTime } from '#app/core/clock'
import { eraDate, spokenTime } from '#app/core/japanese_calendar'

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
