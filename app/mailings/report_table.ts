import type { I18n } from '@adonisjs/i18n'
import type Mailing from '#app/mailings/mailing'
import { reportedRows, type ReportedRow } from '#app/mailings/mailing_progress'
import { reasonWords } from '#app/mailings/reason_words'
import type User from '#app/people/user'
import { csvLines, csvStart } from '#app/core/csv_file'
import { transition } from '#app/core/transition'

/** Says why no letter was made of a row, or why it came back. */
function whyOf(i18n: I18n, { state, reasons }: ReportedRow): string {
  const words = (reason: string) =>
    state === 'returned' ? i18n.t(`pull_reasons.${reason}`) : reasonWords(i18n, reason)
  return reasons.map(words).join(' / ')
}

const COLUMNS = ['row', 'state', 'why', 'run', 'sheet', 'code', 'pages', 'posted'] as const

/** The report of what became of each row of a list, as a table, a part at a time. That it was taken is kept. */
export async function* reportTable(
  user: User,
  mailing: Mailing,
  i18n: I18n
): AsyncGenerator<Buffer> {
  await transition(async (t) =>
    t.recordOnly({
      verb: 'mailing.reported',
      subject: { type: 'mailing', id: mailing.id },
      clientId: mailing.clientId,
      actorId: user.id,
    })
  )
  const headings = COLUMNS.map((column) => i18n.t(`mailings.column_${column}`))
  yield Buffer.concat([csvStart('utf8'), csvLines([headings], 'utf8').bytes])
  for await (const part of reportedRows(mailing.id)) {
    const lines = part.map((one) =>
      [
        one.row,
        i18n.t(`mailings.row_state_${one.state}`),
        whyOf(i18n, one),
        one.run ?? '',
        one.sheet ?? '',
        one.code ?? '',
        one.pages ?? '',
        one.posted_on ?? '',
      ].map(String)
    )
    yield csvLines(lines, 'utf8').bytes
  }
}
