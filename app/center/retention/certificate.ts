import type User from '#app/people/user'
import Person from '#app/people/user'
import Organization from '#app/people/organization'
import { backupsUntil } from '#app/center/retention/backups_until'
import type Disposal from '#app/center/retention/disposal'
import { itemsOf, sumsOf, type ListedItem } from '#app/center/retention/list_disposals'
import { today, wallTime } from '#app/core/clock'
import { eraAndYear, eraMoment } from '#app/core/japanese_calendar'
import { typeset } from '#app/core/typesetter'

/**
 * Typesets the certificate of destruction 廃棄証明書 of a list that was carried out: what, how much, how, who agreed, and
 * until when a back-up could still open it, as back-ups are kept on the day it is printed.
 */
export async function disposalCertificate(user: User, disposal: Disposal): Promise<Buffer> {
  const doneAt = disposal.doneAt!
  const [sums, items, backups, client, center] = await Promise.all([
    sumsOf(disposal.id),
    itemsOf(disposal.id, user) as Promise<ListedItem[]>,
    backupsUntil(doneAt.toJSDate()),
    Organization.findOrFail(disposal.clientId),
    Organization.findByOrFail('kind', 'center'),
  ])
  const people = await Person.query()
    .whereIn(
      'id',
      [disposal.askedBy, disposal.decidedBy, disposal.paperBy].filter((id) => id !== null)
    )
    .preload('organization')
  const named = (id: string | null) => {
    const person = people.find((one) => one.id === id)
    return person ? `${person.organization.name} ${person.displayName}` : null
  }
  const erased = items.filter(
    ({ record, outcome }) => record === 'submission' && outcome === 'erased'
  )
  const receipts = erased.flatMap(({ receipt }) => receipt ?? [])
  const { pdf } = await typeset(
    'disposal.typ',
    {
      number: disposal.number,
      date: eraAndYear(today()),
      client: client.name,
      center: center.name,
      cause: disposal.cause,
      ground: disposal.ground,
      asked: named(disposal.askedBy),
      decided: named(disposal.decidedBy),
      decided_at: eraMoment(wallTime(disposal.decidedAt!.toJSDate())),
      done_at: eraMoment(wallTime(doneAt.toJSDate())),
      ...sums,
      whole: erased.filter(({ extent }) => extent === 'all').length,
      pictures: erased.filter(({ extent }) => extent === 'pictures').length,
      originals: erased.filter(({ extent }) => extent === 'originals').length,
      others: items.filter(({ record, outcome }) => record !== 'submission' && outcome === 'erased')
        .length,
      keys: disposal.keys,
      files: disposal.files,
      backups_until: backups.until && eraAndYear(backups.until),
      backups_beyond: backups.beyond,
      paper: disposal.paper,
      paper_on: disposal.paperOn && eraAndYear(disposal.paperOn),
      paper_receipt: disposal.paperReceipt,
      receipts,
      unnamed: erased.length - receipts.length,
    },
    { accessible: true }
  )
  return pdf
}
